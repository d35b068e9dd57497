using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// <c>&lt;practice-pages total="142" paging="Model.Paging" /&gt;</c>: numbered pages, and a choice of 25, 50 or all rows.
/// A list that fits on one page of 25 shows neither.
/// </summary>
[HtmlTargetElement("practice-pages", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagesTagHelper : TagHelper
{
    public int Total { get; set; }

    public Paging Paging { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    private HttpRequest Request => ViewContext.HttpContext.Request;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Total <= Paging.Sizes[0])
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddCssClass("govuk-pagination");
        output.AddCssClass("practice-pages");
        output.Attributes.SetAttribute("aria-label", "Pages of this list");
        var last = Paging.PagesOf(Total);
        if (last > 1)
        {
            output.Content.AppendHtml(Paging.Page > 1 ? Neighbour(Paging.Page - 1, "prev", "Previous") : "");
            output.Content.AppendHtml("""<ul class="govuk-pagination__list">""");
            foreach (var (page, gapBefore) in Shown(Paging.Page, last))
            {
                output.Content.AppendHtml(gapBefore ? """<li class="govuk-pagination__item govuk-pagination__item--ellipsis">…</li>""" : "");
                output.Content.AppendHtml(Numbered(page));
            }

            output.Content.AppendHtml("</ul>");
            output.Content.AppendHtml(Paging.Page < last ? Neighbour(Paging.Page + 1, "next", "Next") : "");
        }

        output.PostElement.SetHtmlContent($"""<p class="practice-page-sizes">Rows on a page: {string.Join(", ", RowChoices())}</p>""");
    }

    private string Address(int page) => Markup.Safe(Links.With(Request, Paging.PageKey, page.ToString(CultureInfo.InvariantCulture)));

    // On narrow screens the numbers fold away and these two remain.
    private string Neighbour(int page, string side, string word) => $"""
        <div class="govuk-pagination__{side}"><a class="govuk-link govuk-pagination__link" href="{Address(page)}" rel="{side}">{word}<span class="govuk-visually-hidden"> page</span></a></div>
        """;

    private string Numbered(int page)
    {
        var href = Address(page);
        var (style, current) = page == Paging.Page ? (" govuk-pagination__item--current", " aria-current=\"page\"") : ("", "");
        return $"""<li class="govuk-pagination__item{style}"><a class="govuk-link govuk-pagination__link" href="{href}" aria-label="Page {page}"{current}>{page}</a></li>""";
    }

    private IEnumerable<string> RowChoices() => Paging.Sizes
        .Select(size => (Key: size.ToString(CultureInfo.InvariantCulture), Chosen: Paging.Size == size))
        .Append((Key: Paging.All, Chosen: Paging.Size is null))
        .Select(choice => choice.Chosen
            ? $"<strong>{choice.Key}</strong>"
            : $"""<a class="govuk-link" href="{Markup.Safe(Links.With(Request, Paging.SizeKey, choice.Key))}">{choice.Key}</a>""");

    /// <summary>First, last and the neighbours of the current page; true where pages were left out just before.</summary>
    internal static IEnumerable<(int Page, bool GapBefore)> Shown(int current, int last)
    {
        var before = 0;
        foreach (var page in Enumerable.Range(1, last).Where(page => page == 1 || page == last || Math.Abs(page - current) <= 1))
        {
            yield return (page, page > before + 1);
            before = page;
        }
    }
}
