using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>What can be read without moving sideways.</summary>
public sealed class LayoutTests
{
    // Lines are written for the 140 of .editorconfig; one that reads better whole may be longer, up to here.
    private const int Widest = 180;

    [Fact]
    public void No_line_of_the_sources_is_wider_than_a_screen() => Assert.Empty(
        from file in Repository.Sources(".cs")
        from line in File.ReadLines(file)
        where line.Length > Widest && !IsText(line)
        select $"{Path.GetFileName(file)}: {line.TrimStart()}");

    // A line of markup, or of a text that cannot be broken.
    private static bool IsText(string line) => line.TrimStart() is ['<', ..] or ['$', '"', ..];
}
