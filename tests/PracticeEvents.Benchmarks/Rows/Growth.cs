using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>What an event costs to append when ever more are stored, beside the cost when 100,000 are: the two are measured by turns in the
/// same minute, so that a disk that slows down meanwhile is not taken for a log that does. One event in a hundred starts a new stream. Events
/// come for open cases, as they do in life: the streams of an average authority's are the newest 2,600. What it costs when they come for any
/// child who was ever known is told beside.</summary>
internal sealed class Growth : IRow
{
    private const int First = 100_000;
    private const int Sample = 20_000;
    private const int Turns = 7;
    private const int Settling = 10;
    private const int Writers = 64;
    private const int PerStream = 100;
    private const int Open = 2_600;

    public string Word => "growth";

    public int Runs => 1;

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var large = await Log.WithAsync(ground, First);
        var readings = new List<Reading>();
        foreach (var level in new[] { 1_000_000, 10_000_000 }.Where(level => level <= Knobs.Growth))
        {
            await large.GrowAsync(level);
            await using var small = await Log.WithAsync(ground, First);
            await small.SettleAsync();
            await large.SettleAsync();
            foreach (var (where, newest, goal) in new[] { ("for an open case", Open, (Goal?)Goal.AtMostTimesBeside(1.1)), ("for any child ever known", int.MaxValue, null) })
            {
                var (batches, singles) = (new List<(double Large, double Small)>(), new List<(double Large, double Small)>());
                while (batches.Count < Turns)
                {
                    batches.Add((await large.BatchAsync(newest), await small.BatchAsync(newest)));
                    singles.Add((await large.SingleAsync(newest), await small.SingleAsync(newest)));
                }

                readings.Add(Beside($"An event {where} appended a hundred at a time when {level:N0} are stored", batches, goal));
                readings.Add(Beside("… one at a time by 64 writers", singles, goal));
            }
        }

        return new(readings);
    }

    private static Reading Beside(string words, List<(double Large, double Small)> costs, Goal? goal)
    {
        var (large, small) = (Middle(costs.Select(c => c.Large)), Middle(costs.Select(c => c.Small)));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{words}: {large:N1} beside {small:N1} µs; turns {string.Join(", ", costs.Select(c => $"{c.Large:N1}/{c.Small:N1}"))}"));
        return new(words, large, "µs", new($"when {First:N0} are", small), goal is null ? [] : [goal]);
    }

    private static double Middle(IEnumerable<double> costs) => costs.Order().ElementAt(Turns / 2);

    /// <summary>A database of its own with events in it.</summary>
    private sealed class Log(Fresh database, EventStore store) : IAsyncDisposable
    {
        private int stored;

        public static async Task<Log> WithAsync(Ground ground, int events)
        {
            var database = await ground.Server.FreshAsync();
            var log = new Log(database, new EventStore(database.Source, NullLogger<EventStore>.Instance));
            await log.GrowAsync(events);
            return log;
        }

        public async Task GrowAsync(int events)
        {
            foreach (var batches in Enumerable.Range(0, Math.Max(0, events - stored) / 1000).Chunk(4))
            {
                await Task.WhenAll(batches.Select(_ => store.AppendAsync(Next(1000))));
            }
        }

        // What the fill leaves to be tidied would be counted as the cost of an append; after a checkpoint the first touch of each page goes whole into the write-ahead log.
        public async Task SettleAsync()
        {
            await database.ExecuteAsync("vacuum analyze");
            await database.ExecuteAsync("checkpoint");
            for (var n = 0; n < Settling; n++)
            {
                await BatchAsync();
            }
        }

        public Task<double> BatchAsync(int newest = int.MaxValue) => CostAsync(async () =>
        {
            for (var n = 0; n < Sample; n += 100)
            {
                await store.AppendAsync(Next(100, newest));
            }
        });

        public Task<double> SingleAsync(int newest) => CostAsync(() => Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            for (var n = 0; n < Sample / Writers; n++)
            {
                await store.AppendAsync(Next(1, newest));
            }
        })));

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            await database.DisposeAsync();
        }

        private static async Task<double> CostAsync(Func<Task> appends)
        {
            var began = Stopwatch.GetTimestamp();
            await appends();
            return Stopwatch.GetElapsedTime(began).TotalMicroseconds / Sample;
        }

        private List<NewEvent> Next(int count, int newest = int.MaxValue) =>
            [.. Enumerable.Range(0, count).Select(_ => Samples.For(Stream(Interlocked.Increment(ref stored) - 1, newest)))];

        // Streams become more as events do: about a hundred events to each.
        private static string Stream(int n, int newest)
        {
            var last = n / PerStream;
            return string.Create(CultureInfo.InvariantCulture, $"child-{(n % PerStream == 0 ? last : last - Random.Shared.Next(Math.Min(newest, last + 1)))}");
        }
    }
}
