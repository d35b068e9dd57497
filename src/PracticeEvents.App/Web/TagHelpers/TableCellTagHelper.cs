using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>A cell of a <c>practice-table</c>; <c>numeric="true"</c> aligns figures on the right.</summary>
[HtmlTargetElement("td")]
public sealed class TableCellTagHelper : TagHelper
{
    public bool Numeric { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.AddCssClass("govuk-table__cell");
        if (Numeric)
        {
            output.AddCssClass("govuk-table__cell--numeric");
        }
    }
}
