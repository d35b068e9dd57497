using System.Diagnostics;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Measures of speed.</summary>
internal static class Rate
{
    /// <summary>Runs something over and over with some workers at once for some time.</summary>
    /// <param name="workers">How many at once.</param>
    /// <param name="length">How long.</param>
    /// <param name="once">What each does; told which worker it is.</param>
    /// <returns>How often a second, how often, and how many seconds.</returns>
    public static async Task<(double PerSecond, long Count, double Seconds)> OfAsync(int workers, TimeSpan length, Func<int, Task> once)
    {
        var (began, done) = (Stopwatch.GetTimestamp(), 0L);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(n => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                await once(n);
                Interlocked.Increment(ref done);
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (done / seconds, done, seconds);
    }
}
