using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// <c>&lt;govuk-summary-row key="Due"&gt;…&lt;/govuk-summary-row&gt;</c>. A row with nothing in it says "Not recorded".
/// </summary>
[HtmlTargetElement("govuk-summary-row", ParentTag = "govuk-summary-list")]
public sealed class SummaryRowTagHelper : TagHelper
{
    public string Key { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var value = await output.GetChildContentAsync();
        output.TagName = "div";
        output.AddCssClass("govuk-summary-list__row");
        output.Content.SetHtmlContent($"""<dt class="govuk-summary-list__key">{Markup.Safe(Key)}</dt><dd class="govuk-summary-list__value">""");
        if (value.IsEmptyOrWhiteSpace)
        {
            output.Content.Append("Not recorded");
        }
        else
        {
            output.Content.AppendHtml(value);
        }

        output.Content.AppendHtml("</dd>");
    }
}
