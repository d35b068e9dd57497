using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PracticeEvents.App.Web.TagHelpers;

/// <summary>The two things every tag helper here does to its output.</summary>
internal static class Markup
{
    /// <summary>Adds a class beside those the page gave.</summary>
    public static void AddCssClass(this TagHelperOutput output, string name) => output.AddClass(name, HtmlEncoder.Default);

    /// <summary>Text made safe to put inside markup written by hand.</summary>
    public static string Safe(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
