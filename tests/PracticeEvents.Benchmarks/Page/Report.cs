using System.Globalization;
using System.Text;
using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Page;

/// <summary>Writes the page.</summary>
internal static class Report
{
    /// <summary>What stands after this on the page was written by hand, or by the large run, and stays.</summary>
    private const string Rest = "<!-- what follows stays when the tables above are measured anew -->";

    /// <summary>Writes the tables from the medians, and keeps the rest of the page. A run of some rows only goes to stdout.</summary>
    public static async Task WriteAsync(string machine, IReadOnlyList<Figure> figures, IReadOnlyList<Profile> profiles, IReadOnlyList<string> missing)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Performance

            Written by `make bench`: medians of {Knobs.Runs} runs with every rule of the catalogue, service, database and senders on one machine, nothing else on it. Floors and peers are
            measured in the same run, on the same cluster, with the same rows. Watch the ratios: the figures promise nothing about another machine.

            {machine}

            | measured | ours | beside it | ours ÷ beside | goal | of goal |
            |---|---:|---:|---:|---|---:|

            """);
        foreach (var figure in figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {figure.What} | {Number(figure.Value)} {figure.Unit} | {Beside(figure)} | {figure.Ratio:0.00} | {string.Join(", ", figure.Goals.Select(g => g.Goal.Words))} | {string.Join(", ", figure.Goals.Select(Reached))} |\n");
        }

        foreach (var what in missing)
        {
            page.Append(CultureInfo.InvariantCulture, $"\nNot measured: {what}\n");
        }

        page.Append("""

            "Of goal" is how much of the goal is reached: 1.00 or more is met, 0.50 is half of the speed or twice the time.

            ## What it takes

            Statements are those that the database ran for it, each a round trip or part of one. Memory is what the program allocates, not what it keeps. "Busy" is the share of the machine's
            processors that service and database used; where the sender runs in the same process, it is counted with the service.

            | measured | statements | allocated | service CPU | PostgreSQL CPU | busy |
            |---|---:|---:|---:|---:|---:|

            """);
        foreach (var profile in profiles)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {profile.What}, per {profile.Unit} | {Per(profile, profile.Used.Statements)} | {profile.Used.Allocated / profile.Count / 1024:#,0.0} KiB | {profile.Used.Own * 1e6 / profile.Count:#,0} µs | {profile.Used.Server * 1e6 / profile.Count:#,0} µs | {profile.Busy * 100:0} % |\n");
        }

        page.Append(Furthest.Explain(figures, profiles));
        if (Knobs.Rows.Count > 0)
        {
            // Some rows only: the page that has them all stays.
            Console.Write(page);
            return;
        }

        var before = File.Exists(LargeSection.File) ? await File.ReadAllTextAsync(LargeSection.File) : "";
        page.Append('\n').Append(before.IndexOf(Rest, StringComparison.Ordinal) is >= 0 and var rest ? before[rest..] : Rest + "\n");
        await File.WriteAllTextAsync(LargeSection.File, page.ToString().ReplaceLineEndings("\n"));
        Console.Error.WriteLine($"written to {LargeSection.File}");
    }

    /// <summary>A figure with as many places as mean something.</summary>
    public static string Number(double value) => value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Beside(Figure figure) => figure.Beside is { } beside ? $"{Number(beside.Value)} ({beside.What})" : "";

    private static string Reached((Rows.Goal Goal, double Reached) goal) => goal.Reached.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Per(Profile profile, long? statements) => statements is { } all ? (all / profile.Count).ToString("0.000", CultureInfo.InvariantCulture) : "not counted";
}
