using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Page;
using PracticeEvents.Benchmarks.Peers;
using PracticeEvents.Benchmarks.Rows;

namespace PracticeEvents.Benchmarks;

/// <summary>Measures every row several times and writes the page with the medians. Nothing passes or fails.</summary>
internal static class Bench
{
    /// <summary>The rows in the order of the page.</summary>
    private static readonly IReadOnlyList<IRow> All =
    [
        new SingleAppends(), new BatchAppends(), new SignedPosts(), new FirstLoad(), new Rebuild(), new AlertLatency(), new TimerStorm(), new Storms(), new PendingTimers(),
        new PagesAtScale(), new Idle(), new Growth(), .. Knobs.Peers ? new IRow[] { new QuartzTimers(), new Emmett() } : [],
    ];

    public static async Task<int> RunAsync()
    {
        if (Knobs.Rows.FirstOrDefault(word => All.All(row => row.Word != word)) is { } unknown)
        {
            throw new BenchException($"There is no row {unknown}. There is {string.Join(", ", All.Select(row => row.Word))}.");
        }

        await using var server = await Server.StartAsync();
        var (figures, profiles, missing) = (new List<Figure>(), new List<Profile>(), new List<string>());
        await using (var ground = new Ground(server))
        {
            foreach (var row in All.Where(row => Knobs.Rows.Count == 0 || Knobs.Rows.Contains(row.Word)))
            {
                try
                {
                    var runs = await MeasureAsync(row, ground);
                    figures.AddRange(Enumerable.Range(0, runs[0].Readings.Count).Select(n => Figure.Of(
                        [.. runs.Select(r => r.Readings[n])],
                        runs[0].Profiles is [var first, ..] ? first.What : null)));
                    profiles.AddRange(runs[^1].Profiles);
                }
                catch (Exception why) when (why is not OutOfMemoryException && !Server.IsEnding)
                {
                    // One row that cannot be measured does not cost the others; the page says so.
                    missing.Add($"{row.Word}: {why.Message.ReplaceLineEndings(" ")}");
                    Console.Error.WriteLine($"not measured: {missing[^1]}");
                }
            }
        }

        await Report.WriteAsync(await Description.OfAsync(server), figures, profiles, missing);
        return missing.Count == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Measured>> MeasureAsync(IRow row, Ground ground)
    {
        var runs = new List<Measured>();
        while (runs.Count < row.Runs)
        {
            Console.Error.WriteLine($"{row.Word} {runs.Count + 1}/{row.Runs}…");
            runs.Add(await row.MeasureAsync(ground));
            Say(row, runs);
        }

        return runs;
    }

    private static void Say(IRow row, List<Measured> runs)
    {
        foreach (var reading in runs[^1].Readings)
        {
            var beside = reading.Beside is { } other ? $", {other.What} {Report.Number(other.Value)}" : "";
            Console.Error.WriteLine($"{row.Word} {runs.Count}/{row.Runs}: {reading.What} {Report.Number(reading.Value)} {reading.Unit}{beside}");
        }
    }
}
