using PracticeEvents.App.Hosting;
using PracticeEvents.Domain;

namespace PracticeEvents.App.Process.Proving;

/// <summary>Proves every night, on the node that holds the first share, that what is live is what the events say. What it finds stands on the status
/// page until the next night.</summary>
internal sealed class NightlyProof(Proof proof, Proofs proofs, Shares shares, TimeProvider time, ILogger<NightlyProof> log) : BackgroundService
{
    /// <summary>From when it is done, London time: hardly anybody works then and no census is sent.</summary>
    public static readonly TimeOnly At = new(2, 30);

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private DateOnly? done;
    private DateOnly? putOff;

    /// <summary>Proves once, whatever time it is, and remembers it.</summary>
    public async Task<LastProof> ProveAsync(CancellationToken ct)
    {
        var (began, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var proved = await proof.RunAsync(null, ct);
        var last = new LastProof(began, Math.Round(time.GetElapsedTime(stamp).TotalSeconds, 1), proved);
        await proofs.KeepAsync(last, ct);
        log.Proved(proved.Children, proved.Findings.Count, last.Seconds);
        return last;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The nights of a rehearsal pass in seconds, one after the other; `practice prove` proves it when somebody wants to know.
        if (time is RehearsalClock)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Tomorrow again. The status page says how old the last one is.
                log.ProofFailed(e);
            }
        }
    }

    /// <summary>Proves when it is time to.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var now = London.TimeOf(time.GetUtcNow());
        var today = DateOnly.FromDateTime(now.DateTime);
        if (done == today || TimeOnly.FromDateTime(now.DateTime) < At || !shares.Held.Any(s => s.Partition == 0))
        {
            return;
        }

        done = today;
        if (await proofs.LastAsync(ct) is { } last && London.DateOf(last.At) >= today)
        {
            return;
        }

        try
        {
            await ProveAsync(ct);
        }
        catch (SettingsException)
        {
            // A rebuild is at work. The night is not lost for that: a minute later again. Said once, however long it takes.
            if (putOff != today)
            {
                log.ProofPutOff();
            }

            (done, putOff) = (null, today);
        }
    }
}
