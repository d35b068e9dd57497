using System.Diagnostics;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Work that nobody waits for, in stretches: beside those who work meanwhile it rests for as long as it has worked, again and again.</summary>
/// <param name="gently">False to work without a rest.</param>
internal sealed class Stretches(bool gently)
{
    private static readonly TimeSpan One = TimeSpan.FromMilliseconds(50);

    private long began = Stopwatch.GetTimestamp();

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
