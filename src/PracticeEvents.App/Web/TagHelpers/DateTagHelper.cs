using Microsoft.AspNetCore.Razor.TagHelpers;
using PracticeEvents.App.Web.Words;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>
/// <c>&lt;practice-date value="due" long="true" relative="in 4 working days" /&gt;</c>: the date first, relative words after it.
/// With no date it says "Not recorded": a blank cell reads as good news.
/// </summary>
[HtmlTargetElement("practice-date", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateTagHelper : TagHelper
{
    public DateOnly? Value { get; set; }

    public bool Long { get; set; }

    public string? Relative { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Value is not { } date)
        {
            output.TagName = "span";
            output.Content.SetContent("Not recorded");
            return;
        }

        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", Dates.Iso(date));
        output.Content.SetContent(Long ? Dates.Long(date) : Dates.Short(date));
        if (!string.IsNullOrEmpty(Relative))
        {
            output.PostElement.SetContent($", {Relative}");
        }
    }
}
