using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// <c>&lt;practice-table caption="Alerts, as at 9:14am"&gt;</c> round thead and tbody: a captioned table that scrolls sideways in a
/// labelled region of its own, reachable by keyboard, so the page never does.
/// </summary>
[HtmlTargetElement("practice-table")]
public sealed class TableTagHelper : TagHelper
{
    public string Caption { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var rows = await output.GetChildContentAsync();
        output.TagName = "div";
        output.AddCssClass("practice-scroll");
        output.Attributes.SetAttribute("role", "region");
        output.Attributes.SetAttribute("aria-label", Caption);
        output.Attributes.SetAttribute("tabindex", "0");
        output.Content.SetHtmlContent($"""
            <table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--m">{Markup.Safe(Caption)}</caption>
            """);
        output.Content.AppendHtml(rows);
        output.Content.AppendHtml("</table>");
    }
}
