using System.Diagnostics;

namespace PracticeEvents.Benchmarks.Http;

/// <summary>Load on a service over HTTP.</summary>
internal static class Load
{
    /// <summary>Sends so many requests a second for some time. A request that had to wait for the one before is timed from when it was due, so
    /// that a stall is not hidden.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="connections">Connections.</param>
    /// <param name="request">Makes the next request.</param>
    /// <param name="status">The status that every answer must have.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<Latencies> SteadyAsync(Uri address, double rate, int connections, Func<byte[]> request, int status, CancellationToken stop)
    {
        var (latencies, began) = (new Latencies(), Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, connections).Select(n => Task.Run(async () =>
        {
            using var wire = await Wire.ConnectAsync(address);
            for (var due = n / rate; !stop.IsCancellationRequested; due += connections / rate)
            {
                var wait = due - Stopwatch.GetElapsedTime(began).TotalSeconds;
                if (wait > 0)
                {
                    await Task.Delay(TimeSpan.FromSeconds(wait), stop).ContinueWith(_ => { }, TaskScheduler.Default);
                }

                var from = wait > 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : due;
                Expect(status, await wire.SendAsync(request()));
                latencies.Add((Stopwatch.GetElapsedTime(began).TotalSeconds - from) * 1000);
            }
        })));
        return latencies;
    }

    /// <summary>Sends as fast as the answers come.</summary>
    /// <returns>Requests a second.</returns>
    public static async Task<double> FullAsync(Uri address, TimeSpan length, int connections, Func<byte[]> request, int? status)
    {
        var (began, done) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var wire = await Wire.ConnectAsync(address);
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                Expect(status, await wire.SendAsync(request()));
                Interlocked.Increment(ref done);
            }
        })));
        return done / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Expect(int? wanted, int given)
    {
        if (wanted is { } status && status != given)
        {
            throw new BenchException($"The service answered {given} where {status} was expected.");
        }
    }
}
