using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>A filter in force: its place in the address, and what it says to people, such as "Status: Overdue".</summary>
public sealed record AppliedFilter(string Key, string Value, string Words);

/// <summary>
/// <c>&lt;practice-filters found="38 timescales, 5 overdue" applied="Model.Applied" /&gt;</c>: says how much was found and lists the
/// filters in force, each a link that removes it. The address is the saved view.
/// </summary>
[HtmlTargetElement("practice-filters", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FiltersTagHelper : TagHelper
{
    public string Found { get; set; } = "";

    public IReadOnlyList<AppliedFilter> Applied { get; set; } = [];

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var request = ViewContext.HttpContext.Request;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddCssClass("practice-filters");
        output.Content.SetHtmlContent($"""<p class="govuk-body" role="status">{Markup.Safe(Found)}</p>""");
        if (Applied.Count == 0)
        {
            return;
        }

        output.Content.AppendHtml("""<ul class="practice-filters__list" aria-label="Filters in force">""");
        foreach (var filter in Applied)
        {
            var href = Links.Without(request, filter.Key, filter.Value);
            output.Content.AppendHtml($"""
                <li><a class="govuk-link" href="{Markup.Safe(href)}"><span class="govuk-visually-hidden">Remove filter </span>{Markup.Safe(filter.Words)} <span aria-hidden="true">✕</span></a></li>
                """);
        }

        output.Content.AppendHtml($"""<li><a class="govuk-link" href="{Markup.Safe(request.PathBase + request.Path)}">Clear filters</a></li></ul>""");
    }
}
