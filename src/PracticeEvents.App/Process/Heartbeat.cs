using PracticeEvents.App.Hosting;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Says every two seconds that this node is alive, whatever the process is busy with, and wakes it when what the node holds has changed. A rehearsal's clock follows
/// the one that was moved.</summary>
internal sealed class Heartbeat(
    Shares shares, Notifications notifications, TimeProvider time, RehearsalTime rehearsal, ProcessHealth health, ILogger<Heartbeat> log) : IDisposable
{
    private readonly SemaphoreSlim beating = new(1);
    private volatile bool resting;

    /// <summary>True while the node takes no work, because it could not do what it had.</summary>
    public bool IsResting => resting;

    /// <summary>Takes no more work, and returns when no beat is on its way any more that could.</summary>
    public async Task RestAsync()
    {
        resting = true;
        await beating.WaitAsync();
        beating.Release();
    }

    /// <summary>Takes work again.</summary>
    public void WakeUp() => resting = false;

    /// <summary>Beats until it is stopped.</summary>
    /// <param name="alone">True to hold nothing while another node is alive.</param>
    /// <param name="ct">Stops it.</param>
    public async Task RunAsync(bool alone, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Shares.Beat);
        do
        {
            try
            {
                if (time is RehearsalClock clock && await rehearsal.StandsAsync(ct) is { } stands && stands > clock.GetUtcNow())
                {
                    // Another node has moved the clock. Its notice came before this one's clock moved, when nothing was due yet.
                    clock.MoveTo(stands);
                    notifications.Wake();
                }

                if (await BeatAsync(alone, ct))
                {
                    notifications.Wake();
                }

                health.Beat();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was: a node that no longer says that it is alive loses its work.
                log.BeatFailed(Transient.StateOf(e));
            }
        }
        while (await timer.WaitForNextTickAsync(ct).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }

    public void Dispose() => beating.Dispose();

    private async Task<bool> BeatAsync(bool alone, CancellationToken ct)
    {
        await beating.WaitAsync(ct);
        try
        {
            return !resting && await shares.BeatAsync(alone, ct);
        }
        finally
        {
            beating.Release();
        }
    }
}
