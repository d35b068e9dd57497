using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>What an event costs to append, a hundred at a time, beside what a database holds.</summary>
internal static class AppendCost
{
    private const int Sample = 20_000;

    /// <summary>Microseconds an event, the middle of three samples. The events are of workers, of whom no view is worked out.</summary>
    public static async Task<double> OfAsync(Fresh database)
    {
        // What a load of ten million rows leaves to be tidied would be counted as the cost of an append; the database would do it by and by.
        await database.ExecuteAsync("vacuum analyze");
        await database.ExecuteAsync("checkpoint");
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        var costs = new List<double>();
        while (costs.Count < 3)
        {
            var began = Stopwatch.GetTimestamp();
            for (var n = 0; n < Sample; n += 100)
            {
                await store.AppendAsync([.. Enumerable.Range(0, 100).Select(_ => Samples.Supervision())]);
            }

            costs.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds / Sample);
        }

        return costs.Order().ElementAt(1);
    }
}
