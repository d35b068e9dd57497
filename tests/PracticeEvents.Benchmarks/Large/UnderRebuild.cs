using PracticeEvents.App.Inputs;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Domain;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>Readers, each at a round of all their pages every second, and senders while everything is rebuilt beside them.</summary>
internal static class UnderRebuild
{
    private const int PerSecond = 200;

    /// <summary>Rebuilds while events come in and pages are read.</summary>
    /// <param name="database">The database.</param>
    /// <param name="address">Where the service listens.</param>
    /// <param name="readers">Who reads.</param>
    /// <param name="most">How long to watch when the rebuild does not come to an end.</param>
    /// <returns>How long reads took, how long senders waited, and how long the rebuild took in seconds; nothing when it did not end in time.</returns>
    public static async Task<(Latencies Reads, Latencies Sends, double? Seconds)> MeasureAsync(Fresh database, Uri address, IReadOnlyList<Reader> readers, TimeSpan most)
    {
        using var stop = new CancellationTokenSource();
        var source = await new Sources(database.Source).CreateAsync("bench", TimeProvider.System.GetUtcNow());
        var (next, today) = (-1L, London.DateOf(TimeProvider.System.GetUtcNow()));
        var sending = Load.SteadyAsync(
            address,
            PerSecond,
            16,
            () => Requests.Signed(address, source!.Secret, Samples.Story(Interlocked.Increment(ref next), 2000, today)),
            202,
            stop.Token);
        var reads = new Latencies();
        var reading = Task.WhenAll(readers.Select(reader => ReadAsync(reader, reads, stop.Token)));
        double? seconds = null;
        await using (var rebuild = Practice.Start("rebuild", "--connection", database.ConnectionString, "--json"))
        {
            try
            {
                seconds = (await rebuild.FinishAsync().WaitAsync(most)).Seconds;
            }
            catch (TimeoutException)
            {
                Console.Error.WriteLine($"large: the rebuild under load was ended after {most.TotalSeconds:N0} s");
            }
        }

        await stop.CancelAsync();
        await reading;
        return (reads, await sending, seconds);
    }

    private static async Task ReadAsync(Reader reader, Latencies reads, CancellationToken stop)
    {
        // People read and think: each of them looks at everything of theirs once a second.
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await pace.WaitForNextTickAsync(stop);
                foreach (var (_, latencies) in await reader.ReadAsync(1, stop))
                {
                    reads.AddAll(latencies);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
