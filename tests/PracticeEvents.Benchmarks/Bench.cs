using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PracticeEvents.Benchmarks;

/// <summary>Measures three times, takes the middle figure, and writes the page. Nothing passes or fails: watch how the figures stand to each other.</summary>
internal static class Bench
{
    private const int Times = 3;

    public static async Task<int> RunAsync()
    {
        await using var house = await House.StartAsync();
        var rows = new List<(string What, string Figure)>();
        async Task MeasureAsync(string what, string unit, Func<House, Task<double>> measure)
        {
            rows.Add((what, $"{await MiddleAsync(() => measure(house)):N0} {unit}"));
            Console.Error.WriteLine($"{rows[^1].What}: {rows[^1].Figure}");
        }

        await MeasureAsync("Floor: single-row commits of the same server, 16 connections", "commits/s", Measures.FloorAsync);
        await MeasureAsync("Events appended one at a time, 16 writers", "events/s", Measures.SingleAsync);
        await MeasureAsync("Events appended a thousand at a time", "events/s", Measures.BatchAsync);
        await MeasureAsync("Events through views, timers and alerts", "events/s", Measures.ProcessAsync);
        await MeasureAsync("Children worked out anew by a rebuild", "children/s", Measures.RebuildAsync);
        var latencies = new List<(double P50, double P99)>();
        for (var n = 0; n < Times; n++)
        {
            latencies.Add(await Measures.LatencyAsync(house));
        }

        rows.Add(("From an event to its alert on the live stream, at 200 events/s: half are faster", $"{latencies.Select(l => l.P50).Order().ElementAt(Times / 2):N0} ms"));
        rows.Add(("The same: 99 in 100 are faster", $"{latencies.Select(l => l.P99).Order().ElementAt(Times / 2):N0} ms"));
        await WriteAsync(rows, await ServerAsync(house));
        return 0;
    }

    private static async Task<double> MiddleAsync(Func<Task<double>> measure)
    {
        var figures = new List<double>();
        for (var n = 0; n < Times; n++)
        {
            figures.Add(await measure());
        }

        return figures.Order().ElementAt(Times / 2);
    }

    private static async Task WriteAsync(List<(string What, string Figure)> rows, string server)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Performance

            Written by `make bench`: the middle figure of three, service and database on one machine, everything acknowledged on disk. The figures say how parts stand to
            each other on this machine; they promise nothing about another.

            {Environment.ProcessorCount} processors ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, {RuntimeInformation.FrameworkDescription}, PostgreSQL {server}.

            | measured | figure |
            |---|---:|

            """);
        foreach (var (what, figure) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} |\n");
        }

        Console.Write(page);
        await File.WriteAllTextAsync(Path.Combine("docs", "performance.md"), page.ToString().ReplaceLineEndings("\n"));
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } model ? model.Split(':')[1].Trim() : $"{RuntimeInformation.OSArchitecture}";

    private static async Task<string> ServerAsync(House house)
    {
        await using var command = house.Source.CreateCommand("show server_version");
        return ((string)(await command.ExecuteScalarAsync())!).Split(' ')[0];
    }
}
