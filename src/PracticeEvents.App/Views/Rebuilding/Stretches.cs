using System.Diagnostics;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Work that nobody waits for, in stretches: beside those who work meanwhile it rests for as long as it has worked, again and again.</summary>
/// <param name="gently">False to work without a rest.</param>
internal sealed class Stretches(bool gently)
{
    // Each has two connections, out of a pool that the service uses too.
    private const int MostLanes = 12;

    private static readonly TimeSpan One = TimeSpan.FromMilliseconds(50);

    private long began = Stopwatch.GetTimestamp();

    /// <summary>How many may work at once: one for each processor, or half of that beside others.</summary>
    public static int Lanes(bool gently) => Math.Clamp(gently ? Environment.ProcessorCount / 2 : Environment.ProcessorCount, 1, MostLanes);

    /// <summary>Rests if a stretch is over. Time spent waiting for a processor counts as work: the busier the machine, the more is left to others.</summary>
    public async ValueTask RestAsync(CancellationToken ct)
    {
        if (gently && Stopwatch.GetElapsedTime(began) is var worked && worked > One)
        {
            await Task.Delay(worked, ct);
            began = Stopwatch.GetTimestamp();
        }
    }
}
