using Npgsql;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Process;
using PracticeEvents.App.Process.Proving;
using PracticeEvents.Store;

namespace PracticeEvents.App.Api;

/// <summary>Reads how far behind everything is, and says what is wrong. A part that has died is found by its silence, also when nothing new arrives.</summary>
internal sealed class HealthReader(
    NpgsqlDataSource source, EventStore store, Leases leases, Timers timers, Inbox inbox, ProcessHealth process, Proofs proofs, Subscriptions subscriptions,
    SendingLag sending, TimeProvider time)
{
    // The process completes a pass every 20 seconds at the latest, also when there is nothing to do.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FurthestBehind = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(10);

    /// <summary>The detail, for the address and for the page alike.</summary>
    public async Task<HealthDetail> ReadAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var head = await store.HeadAsync(ct);
        var all = await Positions.ReadAllAsync(source, ct);
        var unheld = (await leases.UnheldAsync(Share.Leases, ct)).ToHashSet(StringComparer.Ordinal);
        ShareHealth[] shares = [.. Share.Leases.Select((lease, n) => new ShareHealth(n, all.GetValueOrDefault(Share.Positions[n]), !unheld.Contains(lease)))];
        var position = shares.Min(s => s.Position);
        var oldest = position < head ? (await store.ReadAllAsync(position, 1, ct: ct)).FirstOrDefault()?.ReceivedAt : null;
        var (armed, due, oldestDue) = await timers.CountAsync(now, ct);
        var (notInLine, notSent) = await sending.ReadAsync(now, ct);
        var stalled = store.Stalled;
        var detail = new HealthDetail
        {
            Process = process.State,
            LastPass = process.LastPassAt,
            Head = head,
            WorkedThrough = position,
            OldestUnprocessedSeconds = Seconds(now - oldest),
            Shares = shares,
            WaitingToBeStored = store.Waiting,
            NothingStoredForSeconds = stalled > TimeSpan.Zero ? Seconds(stalled) : null,
            EventsInCommit = Math.Round(store.Appending.MeanBatch, 1),
            LockWaitMilliseconds = Math.Round(store.Appending.MeanLockWaitMilliseconds, 3),
            Timers = armed,
            TimersDue = due,
            TimerLatenessSeconds = Seconds(now - oldestDue ?? process.LastLateness),
            Quarantined = await inbox.QuarantinedAsync(ct),
            LastProof = await proofs.LastAsync(ct) is { } proof ? new ProofHealth(proof.At, proof.Proved.Findings.Count, proof.Proved.Behind) : null,
            Unmonitored = (await Unmonitored.All().AskAsync(source, ct)).Count,
            SubscriptionsOff = (await subscriptions.DisabledAsync(null, ct)).Count,
            OldestNotInLineSeconds = Seconds(now - notInLine),
            OldestNotSentSeconds = Seconds(now - notSent),
        };
        return detail with { Problems = [.. Problems(detail, now - oldest, now - oldestDue), .. SendingProblems(now - notInLine, now - notSent)] };
    }

    private IEnumerable<string> Problems(HealthDetail detail, TimeSpan? behind, TimeSpan? late)
    {
        if (process.State is "failing")
        {
            yield return $"The timescale process fails: {process.Error}";
        }

        if (process.SinceBeat > Shares.Ttl)
        {
            yield return $"This node has not been able to say that it is alive for {process.SinceBeat.TotalSeconds:0} seconds: its work passes to others.";
        }

        if (process.State is "starting" or "working" && process.SincePass > LongestSilence)
        {
            yield return $"No pass of the timescale process was completed for {process.SincePass.TotalMinutes:0} minutes.";
        }

        if (detail.NothingStoredForSeconds > LongestStall.TotalSeconds)
        {
            yield return $"Nothing could be stored on this node for {detail.NothingStoredForSeconds:0} seconds, and {detail.WaitingToBeStored} events wait: "
                + "the database does not answer, or somebody else holds the lock on appending.";
        }

        if (detail.Shares.Count(s => !s.Held) is var unheld and > 0)
        {
            yield return $"{unheld} of {detail.Shares.Count} shares of the children are held by no node: nobody watches them.";
        }

        if (behind > FurthestBehind)
        {
            yield return $"The oldest event that is not worked through came in {behind.Value.TotalMinutes:0} minutes ago.";
        }

        if (late > FurthestBehind)
        {
            yield return $"The oldest timer that is due has waited for {late.Value.TotalMinutes:0} minutes.";
        }

        if (detail.LastProof is { Differences: > 0 } proof)
        {
            yield return $"The last proof found {proof.Differences} differences between what is live and what the events say. “practice prove” names them.";
        }

        if (detail.Unmonitored > 0)
        {
            yield return $"{detail.Unmonitored} children are not watched, because their record cannot be worked through.";
        }

        if (detail.SubscriptionsOff > 0)
        {
            yield return $"Subscriptions turned off because nothing could be delivered: {detail.SubscriptionsOff}. Those who asked for them are told in their inbox alone.";
        }
    }

    private static IEnumerable<string> SendingProblems(TimeSpan? notInLine, TimeSpan? notSent)
    {
        if (notInLine > FurthestBehind)
        {
            yield return $"What was said {notInLine.Value.TotalMinutes:0} minutes ago is not in line to be sent to those who asked for it. They are told in their inbox alone.";
        }

        if (notSent > FurthestBehind)
        {
            yield return $"The oldest message that is due to be sent has waited for {notSent.Value.TotalMinutes:0} minutes.";
        }
    }

    private static double? Seconds(TimeSpan? time) => time is { } given ? Math.Max(0, Math.Round(given.TotalSeconds, 3)) : null;
}

/// <summary>How far behind everything is.</summary>
internal sealed record HealthDetail
{
    /// <summary><c>ok</c> or <c>failing</c>.</summary>
    public string Status => Problems.Count == 0 ? "ok" : "failing";

    /// <summary>Each a sentence.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What the timescale process of this node is doing.</summary>
    public required string Process { get; init; }

    /// <summary>When it last completed a pass.</summary>
    public DateTimeOffset? LastPass { get; init; }

    /// <summary>Last position in the log.</summary>
    public required long Head { get; init; }

    /// <summary>Last position worked through for every child, and so for every view.</summary>
    public required long WorkedThrough { get; init; }

    /// <summary>Subscriptions that were turned off after failures.</summary>
    public int SubscriptionsOff { get; init; }

    /// <summary>How long ago the oldest word was said that is not in line to be sent to those who asked for it, in seconds; nothing when all is, or nobody asked.</summary>
    public double? OldestNotInLineSeconds { get; init; }

    /// <summary>How long the oldest message has waited that is due to be sent, in seconds; nothing when none waits.</summary>
    public double? OldestNotSentSeconds { get; init; }

    /// <summary>How long ago the oldest event came in that is not worked through, in seconds; nothing when all are.</summary>
    public double? OldestUnprocessedSeconds { get; init; }

    /// <summary>The shares of the children, and how far each is.</summary>
    public required IReadOnlyList<ShareHealth> Shares { get; init; }

    /// <summary>Events waiting to be stored on this node.</summary>
    public required long WaitingToBeStored { get; init; }

    /// <summary>How long nothing was stored on this node although something waits, in seconds; nothing when nothing waits.</summary>
    public double? NothingStoredForSeconds { get; init; }

    /// <summary>Events in one commit of this node, on average since it started.</summary>
    public double EventsInCommit { get; init; }

    /// <summary>How long a commit of this node waited for its turn to append, on average since it started.</summary>
    public double LockWaitMilliseconds { get; init; }

    /// <summary>Timers armed.</summary>
    public required long Timers { get; init; }

    /// <summary>Timers due and not yet worked through.</summary>
    public required long TimersDue { get; init; }

    /// <summary>How late the oldest due timer is, or how late the last of this node was, in seconds; nothing when there was none.</summary>
    public double? TimerLatenessSeconds { get; init; }

    /// <summary>Rows of the inbox that want a person.</summary>
    public required long Quarantined { get; init; }

    /// <summary>The last proof that what is live is what the events say; nothing before the first night.</summary>
    public ProofHealth? LastProof { get; init; }

    /// <summary>Children who are not watched.</summary>
    public required int Unmonitored { get; init; }
}

/// <summary>One share of the children.</summary>
/// <param name="Share">Which.</param>
/// <param name="Position">Last position in the log worked through for it.</param>
/// <param name="Held">True when a node that is alive holds it.</param>
internal sealed record ShareHealth(int Share, long Position, bool Held);

/// <summary>The last proof.</summary>
/// <param name="At">When it began.</param>
/// <param name="Differences">How many differences it found.</param>
/// <param name="Behind">With how many children the service had not caught up, so that their timers and alerts were not compared.</param>
internal sealed record ProofHealth(DateTimeOffset At, int Differences, int Behind);
