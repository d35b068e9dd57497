using System.Globalization;

namespace PracticeEvents.Benchmarks.Page;

/// <summary>The section that the large run writes, which stays as it is when the rest of the page is written anew.</summary>
internal static class LargeSection
{
    /// <summary>Its heading.</summary>
    public const string Heading = "## Ten million events";

    /// <summary>What stands before the figure that the table of the other runs shows too.</summary>
    public const string SlowestPage = "| Slowest page or query: 99 in 100 within |";

    /// <summary>The page.</summary>
    public static string File { get; } = Path.Combine("docs", "performance.md");

    /// <summary>Puts another section in its place and leaves the rest of the page.</summary>
    public static async Task WriteAsync(string section)
    {
        var page = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File) : "# Performance\n";
        var (from, to) = Place(page);
        await System.IO.File.WriteAllTextAsync(File, (from < 0 ? page.TrimEnd() + "\n\n" : page[..from]) + section.ReplaceLineEndings("\n") + (from < 0 ? "" : "\n" + page[to..]));
    }

    /// <summary>The figure, in milliseconds; nothing when there was no large run.</summary>
    public static async Task<double?> SlowestPageAsync() =>
        (await ReadAsync()).Split('\n').FirstOrDefault(line => line.StartsWith(SlowestPage, StringComparison.Ordinal)) is { } line
        && double.TryParse(line[SlowestPage.Length..].Trim().Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var slowest) ? slowest : null;

    // The section as it stands, heading and all; empty when there is none.
    private static async Task<string> ReadAsync()
    {
        var page = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File) : "";
        var (from, to) = Place(page);
        return from < 0 ? "" : page[from..to];
    }

    // It goes as far as the next heading.
    private static (int From, int To) Place(string page)
    {
        var from = page.IndexOf(Heading, StringComparison.Ordinal);
        var next = from < 0 ? -1 : page.IndexOf("\n## ", from, StringComparison.Ordinal);
        return (from, next < 0 ? page.Length : next + 1);
    }
}
