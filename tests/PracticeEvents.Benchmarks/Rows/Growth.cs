using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>What an event costs to append, a hundred at a time, when ever more are stored, beside the cost when 100,000 are. One in a hundred starts a new stream.</summary>
internal sealed class Growth : IRow
{
    private const int First = 100_000;
    private const int Sample = 30_000;
    private const int PerStream = 100;

    public string Word => "growth";

    public int Runs => 1;

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        var readings = new List<Reading>();
        var (stored, first) = (0, 0d);
        foreach (var level in new[] { First, 1_000_000, 10_000_000 }.Where(level => level <= Math.Max(Knobs.Growth, First)))
        {
            await FillAsync(store, stored, level);
            await database.ExecuteAsync("vacuum analyze public.mt_events");
            await database.ExecuteAsync("checkpoint");
            var costs = new List<double>();
            for (stored = level; costs.Count < 3; stored += Sample)
            {
                costs.Add(await CostAsync(store, stored));
            }

            var cost = costs.Order().ElementAt(1);
            readings.Add(first == 0
                ? new($"An event appended a hundred at a time when {level:N0} are stored", cost, "µs", null)
                : new($"… when {level:N0} are stored", cost, "µs", new($"when {First:N0} are", first), Goal.AtMostTimesBeside(1.1)));
            first = first == 0 ? cost : first;
            Console.Error.WriteLine($"growth: {level:N0} stored, {cost:N0} µs an event");
        }

        return new(readings);
    }

    private static async Task FillAsync(EventStore store, int from, int to)
    {
        foreach (var batches in Enumerable.Range(0, Math.Max(0, to - from) / 1000).Chunk(4))
        {
            await Task.WhenAll(batches.Select(batch => store.AppendAsync([.. Enumerable.Range(0, 1000).Select(n => Samples.For(Stream(from + (batch * 1000) + n)))])));
        }
    }

    private static async Task<double> CostAsync(EventStore store, int stored)
    {
        var began = Stopwatch.GetTimestamp();
        for (var n = 0; n < Sample; n += 100)
        {
            await store.AppendAsync([.. Enumerable.Range(0, 100).Select(i => Samples.For(Stream(stored + n + i)))]);
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / Sample;
    }

    // Streams become more as events do: about a hundred events to each.
    private static string Stream(int n) => string.Create(CultureInfo.InvariantCulture, $"child-{(n % PerStream == 0 ? n / PerStream : Random.Shared.Next((n / PerStream) + 1))}");
}
