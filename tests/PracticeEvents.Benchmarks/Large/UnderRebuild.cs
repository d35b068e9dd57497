using PracticeEvents.App.Inputs;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Rows;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>Readers and senders while everything is rebuilt beside them.</summary>
internal static class UnderRebuild
{
    private const int PerSecond = 200;

    /// <summary>Rebuilds while events come in and pages are read.</summary>
    /// <returns>How long reads took, how long senders waited, and how long the rebuild took in seconds.</returns>
    public static async Task<(Latencies Reads, Latencies Sends, double Seconds)> MeasureAsync(Fresh database, Uri address, IReadOnlyList<Reader> readers)
    {
        using var stop = new CancellationTokenSource();
        var source = await new Sources(database.Source).CreateAsync("bench", TimeProvider.System.GetUtcNow());
        var next = -1L;
        var sending = Load.SteadyAsync(address, PerSecond, 16, () => Requests.Signed(address, source!.Secret, Samples.Story(Interlocked.Increment(ref next), 2000)), 202, stop.Token);
        var reads = new Latencies();
        var reading = Task.WhenAll(readers.Select(reader => ReadAsync(reader, reads, stop.Token)));
        var (seconds, _) = await Practice.RunAsync("rebuild", "--connection", database.ConnectionString, "--json");
        await stop.CancelAsync();
        await reading;
        return (reads, await sending, seconds);
    }

    private static async Task ReadAsync(Reader reader, Latencies reads, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
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
