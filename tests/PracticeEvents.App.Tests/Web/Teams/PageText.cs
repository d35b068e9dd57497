using AngleSharp.Dom;

namespace PracticeEvents.App.Tests.Web.Teams;

/// <summary>The words of a page as a person reads them: one space between words, whatever the markup.</summary>
internal static class PageText
{
    public static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" :", ":", StringComparison.Ordinal);

    public static string Content(IDocument page) => Text(page.QuerySelector("main")!);
}
