using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>What an event costs to append, a hundred at a time, beside what a database holds; and what plain inserts of as many rows into
/// empty tables of the same shape cost in the same minute, so that a slow disk is not taken for a slow log.</summary>
/// <param name="First">Microseconds an event of the first after a checkpoint, when every page of an index that is touched goes whole into the write-ahead log.</param>
/// <param name="Ours">Microseconds an event when that is over, the middle of the samples.</param>
/// <param name="Single">Microseconds an event where 64 writers append one at a time, as events come in over the day.</param>
/// <param name="Plain">Microseconds an event of plain inserts, a hundred at a time.</param>
internal readonly record struct AppendCost(double First, double Ours, double Single, double Plain)
{
    private const int Writers = 64;
    private const int Sample = 20_000;
    private const int AtOnce = 100;
    private const int Samples = 5;

    /// <summary>Measures. The events are of workers, of whom no view is worked out.</summary>
    /// <param name="database">The database.</param>
    /// <param name="until">How many events are appended before the steady samples: enough to have touched most pages of its indexes.</param>
    public static async Task<AppendCost> OfAsync(Fresh database, int until)
    {
        // What a load of ten million rows leaves to be tidied would be counted as the cost of an append; the database would do it by and by.
        await database.ExecuteAsync("vacuum analyze");
        await FloorTables.MakeAsync(database);
        await database.ExecuteAsync("checkpoint");
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        Task Batch() => store.AppendAsync([.. Enumerable.Range(0, AtOnce).Select(_ => Rows.Samples.Supervision())]);
        var first = await CostAsync(Batch);
        for (var n = 0; n < until; n += Sample)
        {
            await CostAsync(Batch);
        }

        var (ours, single, plain) = (new List<double>(), new List<double>(), new List<double>());
        while (ours.Count < Samples)
        {
            ours.Add(await CostAsync(Batch));
            single.Add(await SingleAsync(store));
            plain.Add(await CostAsync(() => BatchAppends.PlainAsync(database, writer: 0)));
        }

        await database.ExecuteAsync("drop schema floor cascade");
        return new(first, Middle(ours), Middle(single), Middle(plain));
    }

    private static double Middle(List<double> costs) => costs.Order().ElementAt(Samples / 2);

    private static async Task<double> SingleAsync(EventStore store)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            for (var n = 0; n < Sample / Writers; n++)
            {
                await store.AppendAsync([Rows.Samples.Supervision()]);
            }
        }));
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / (Sample / Writers * Writers);
    }

    private static async Task<double> CostAsync(Func<Task> batch)
    {
        var began = Stopwatch.GetTimestamp();
        for (var n = 0; n < Sample; n += AtOnce)
        {
            await batch();
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / Sample;
    }
}
