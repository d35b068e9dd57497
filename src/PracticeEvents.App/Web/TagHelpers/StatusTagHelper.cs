using Microsoft.AspNetCore.Razor.TagHelpers;
using PracticeEvents.App.Web.Words;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// <c>&lt;practice-status code="overdue" detail="by 3 working days" /&gt;</c>: the word, its shape, then what follows.
/// "Cannot tell" takes <c>why</c>, the address that says what is missing.
/// </summary>
[HtmlTargetElement("practice-status", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StatusTagHelper : TagHelper
{
    public string Code { get; set; } = "";

    public string? Detail { get; set; }

    public string? Why { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var status = StatusWord.For(Code);
        output.TagName = null;
        output.Content.SetHtmlContent($"""
            <span class="practice-status practice-status--{status.Style}">{status.Word}<svg class="practice-status__mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{status.Mark}</svg></span>
            """);
        if (!string.IsNullOrEmpty(Detail))
        {
            output.Content.AppendHtml($"""<span class="practice-status-detail"> {Markup.Safe(Detail)}</span>""");
        }

        if (!string.IsNullOrEmpty(Why))
        {
            output.Content.AppendHtml($"""
                 <a class="govuk-link" href="{Markup.Safe(Why)}">Why<span class="govuk-visually-hidden">: {Markup.Safe(status.Word)}</span></a>
                """);
        }
    }
}
