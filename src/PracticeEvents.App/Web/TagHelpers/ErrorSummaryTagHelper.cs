using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary><c>&lt;govuk-error-summary /&gt;</c>: everything wrong with what was sent, each a link to its field. Nothing when all is well.</summary>
[HtmlTargetElement("govuk-error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (ViewContext.ModelState.IsValid)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddCssClass("govuk-error-summary");
        output.Attributes.SetAttribute("data-module", "govuk-error-summary");
        output.Content.SetHtmlContent("""
            <div role="alert"><h2 class="govuk-error-summary__title">There is a problem</h2>
            <div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
            """);
        foreach (var (field, message) in Problems())
        {
            var words = Markup.Safe(message);
            output.Content.AppendHtml(field.Length == 0
                ? $"<li>{words}</li>"
                : $"""<li><a href="#{Markup.Safe(TagBuilder.CreateSanitizedId(field, "_"))}">{words}</a></li>""");
        }

        output.Content.AppendHtml("</ul></div></div>");
    }

    private IEnumerable<(string Field, string Message)> Problems() =>
        from entry in ViewContext.ModelState
        from error in entry.Value?.Errors ?? []
        select (entry.Key, error.ErrorMessage);
}
