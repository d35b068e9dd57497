using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// A header cell of a <c>practice-table</c>. <c>sort-by="due"</c> makes it a link that sorts by that column, then the other way
/// round; the order is in the address (<c>sort=due</c>, <c>sort=-due</c>), so it can be kept and shared.
/// </summary>
[HtmlTargetElement("th")]
public sealed class TableHeaderTagHelper : TagHelper
{
    public string? SortBy { get; set; }

    public bool Numeric { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.AddCssClass("govuk-table__header");
        if (Numeric)
        {
            output.AddCssClass("govuk-table__header--numeric");
        }

        if (!output.Attributes.ContainsName("scope"))
        {
            output.Attributes.SetAttribute("scope", "col");
        }

        if (SortBy is not null)
        {
            Sort(SortBy, output);
        }
    }

    private void Sort(string column, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        var now = request.Query["sort"].ToString();
        var (order, next) = now == column ? ("ascending", $"-{column}") : now == $"-{column}" ? ("descending", column) : ("none", column);
        output.Attributes.SetAttribute("aria-sort", order);
        output.PreContent.SetHtmlContent($"""<a class="govuk-link practice-sort" href="{Markup.Safe(Links.With(request, "sort", next))}">""");
        output.PostContent.SetHtmlContent(order switch
        {
            "ascending" => """<span aria-hidden="true"> ▲</span></a>""",
            "descending" => """<span aria-hidden="true"> ▼</span></a>""",
            _ => "</a>",
        });
    }
}
