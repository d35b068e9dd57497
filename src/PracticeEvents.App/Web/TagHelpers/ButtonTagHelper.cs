using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// <c>&lt;govuk-button&gt;Save&lt;/govuk-button&gt;</c>: a submit button; with <c>href</c>, a link that looks like one.
/// <c>kind</c> is "secondary" or "warning".
/// </summary>
[HtmlTargetElement("govuk-button")]
public sealed class ButtonTagHelper : TagHelper
{
    public string? Href { get; set; }

    public string? Kind { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddCssClass("govuk-button");
        if (Kind is not null)
        {
            output.AddCssClass($"govuk-button--{Kind}");
        }

        output.Attributes.SetAttribute("data-module", "govuk-button");
        if (Href is null)
        {
            output.TagName = "button";
            if (!output.Attributes.ContainsName("type"))
            {
                output.Attributes.SetAttribute("type", "submit");
            }

            return;
        }

        output.TagName = "a";
        output.Attributes.SetAttribute("href", Href);
        output.Attributes.SetAttribute("role", "button");
        output.Attributes.SetAttribute("draggable", "false");
    }
}
