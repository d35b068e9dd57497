using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// <c>&lt;govuk-error-message field="On" /&gt;</c>: what is wrong with one field, beside it. Its id is the field's with "-error", for
/// the field's <c>aria-describedby</c>.
/// </summary>
[HtmlTargetElement("govuk-error-message", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorMessageTagHelper : TagHelper
{
    public string Field { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!ViewContext.ModelState.TryGetValue(Field, out var entry) || entry.Errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddCssClass("govuk-error-message");
        output.Attributes.SetAttribute("id", $"{TagBuilder.CreateSanitizedId(Field, "_")}-error");
        output.Content.SetHtmlContent($"""<span class="govuk-visually-hidden">Error: </span>{Markup.Safe(entry.Errors[0].ErrorMessage)}""");
    }
}
