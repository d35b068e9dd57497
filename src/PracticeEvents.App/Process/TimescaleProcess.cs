using System.Diagnostics;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>The timescale process: watches the log and the clock, and works through what is new for the children of the shares that this node holds. The database checks
/// the epoch of every share at every commit; the shares of a node that falls silent pass to others within seconds.</summary>
internal sealed class TimescaleProcess(
    NpgsqlDataSource source, EventStore store, Notifications notifications, Shares shares, Timers timers, TimescalePass pass, ViewTables views,
    AlertTable alerts, AlertFeed feed, PeopleChanges people, RuleBook rules, TimeProvider time, Heartbeat heartbeat, ProcessHealth health,
    ILogger<TimescaleProcess> log) : BackgroundService
{
    // Notices wake the process, and it knows its next timer: this is for what is lost.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseForOthers = TimeSpan.FromMilliseconds(500);

    // What waits is looked at for no more than so much of the time.
    private const int ShareForOthers = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // A node whose passes fail gives its shares up: another may be able to do what it cannot.
    private const int FailuresUntilRest = 3;

    // What was there, and what was said of it.
    private const int RoundsToSettle = 2;

    private int failures;
    private bool isWaitingForOthers = true;
    private long lookedAtOthers;
    private TimeSpan pauseForOthers = PauseForOthers;

    /// <summary>Makes the tables that the process writes.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await alerts.EnsureAsync(ct);
        await feed.EnsureAsync(ct);
        await Unmonitored.EnsureAsync(source, ct);
        await Digests.EnsureAsync(source, ct);
        await people.EnsureAsync(ct);
        await shares.EnsureAsync(ct);
    }

    /// <summary>How far the log is worked through for every share.</summary>
    public static async Task<long> PositionAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var all = await Positions.ReadAllAsync(source, ct);
        return Share.Positions.Min(name => all.GetValueOrDefault(name));
    }

    /// <summary>True when everything in the log has been worked through, no timer is due and neither a digest nor a change of people is waiting.</summary>
    public async Task<bool> IsSettledAsync(CancellationToken ct)
    {
        var head = await store.HeadAsync(ct);
        return await IsWorkedThroughAsync(head, ct) && await store.HeadAsync(ct) == head;
    }

    /// <summary>True when the log has been worked through up to a position, no timer is due and neither a digest nor a change of people is waiting.</summary>
    public async Task<bool> IsWorkedThroughAsync(long head, CancellationToken ct) =>
        // In this order: what is armed or noted for one of the later is committed before the former is over. What was to be read may have been archived since.
        await PositionAsync(source, ct) is var position && (position >= head || position >= await store.HeadAsync(ct))
        && !await people.AnyWaitingAsync(ct)
        && !await timers.AnyDueAsync(time.GetUtcNow(), ct)
        && !await Digests.AnyWaitingAsync(source, time.GetUtcNow(), ct);

    /// <summary>Waits until <see cref="IsSettledAsync"/> holds; while events keep coming in, for which there is always one more, until what was there
    /// at the beginning is worked through and what followed from it.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        notifications.Wake();
        for (var round = 0; round < RoundsToSettle && !await IsSettledAsync(ct); round++)
        {
            var head = await store.HeadAsync(ct);
            while (!await IsWorkedThroughAsync(head, ct))
            {
                await notifications.Events.WaitAsync(TimeSpan.FromMilliseconds(20), ct: ct);
            }
        }
    }

    /// <summary>Does all there is to do in this process, without the service: for verbs that run alone. False when another node is at work.</summary>
    /// <param name="passed">Called after each pass.</param>
    /// <param name="ct">Stops between two passes.</param>
    public async Task<bool> DrainAsync(Func<Task> passed, CancellationToken ct)
    {
        await shares.BeatAsync(alone: true, ct);
        await shares.AdoptAsync(time.GetUtcNow(), ct);
        if (shares.Held.Count < Partitions.Count)
        {
            return false;
        }

        pass.WorkAlone();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beating = heartbeat.RunAsync(alone: true, done.Token);
        try
        {
            await PublishAsync(ct);
            while (await WorkAsync(time.GetUtcNow(), ct))
            {
                await passed();
            }

            return true;
        }
        finally
        {
            await done.CancelAsync();
            await beating;
            await shares.LeaveAsync(CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var beating = heartbeat.RunAsync(alone: false, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (heartbeat.IsResting && (await views.ChangedAsync(stoppingToken)).Count > 0)
                {
                    // Nodes of another release have the work; this one takes none until the views are its own again.
                    await Task.Delay(Shares.Beat, stoppingToken);
                    continue;
                }

                heartbeat.WakeUp();
                var since = notifications.Events.Count;
                if (await TakeTurnAsync(stoppingToken) is { } sleep)
                {
                    await notifications.Events.WaitAsync(since, sleep, ct: stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // The process never gives up: whatever went wrong, it tries again, and says so.
                shares.Forget();
                health.Failed(e.Message);
                log.PassFailed(e);
                if (e is ViewChangedException || ++failures >= FailuresUntilRest)
                {
                    await heartbeat.RestAsync();
                    await LeaveAsync();
                }

                // At rest for two beats at least, so that another node can take what this one gave up.
                var pause = TimeSpan.FromMilliseconds(Math.Min(LongestPause.TotalMilliseconds, 50 * Math.Pow(2, failures)));
                await Task.Delay(heartbeat.IsResting && pause < Shares.Beat * 2 ? Shares.Beat * 2 : pause, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        await beating;
        await LeaveAsync();
    }

    // One turn: what is held is taken up, and worked on. Answers how long to sleep when there is nothing to do.
    private async Task<TimeSpan?> TakeTurnAsync(CancellationToken ct)
    {
        var first = shares.First;
        await shares.AdoptAsync(time.GetUtcNow(), ct);
        if (shares.First is { } lease && lease != first)
        {
            isWaitingForOthers = true;
            await PublishAsync(ct);

            // Who puts word in line for all goes by the first share, and may have looked a moment too early.
            notifications.Said.Wake();
        }

        if (shares.Held.Count == 0)
        {
            if (failures == 0)
            {
                health.Standby();
            }

            return LongestSleep;
        }

        var now = time.GetUtcNow();
        if (await WorkAsync(now, ct))
        {
            return null;
        }

        var next = await timers.NextAsync([.. shares.Held.Select(s => s.Partition)], ct);
        var sleep = isWaitingForOthers && shares.First is not null ? PauseForOthers : next is { } due && due - now < LongestSleep ? due - now : LongestSleep;
        return sleep > TimeSpan.FromMilliseconds(5) ? sleep : TimeSpan.FromMilliseconds(5);
    }

    // Works on those that are furthest behind. False when there is nothing to do.
    private async Task<bool> WorkAsync(DateTimeOffset now, CancellationToken ct)
    {
        var cohort = Cohort.Hindmost(shares.Held)!;
        var (position, busy) = await pass.RunAsync(cohort, now, ct);
        shares.MovedOn(cohort, position);
        failures = 0;
        health.Passed(now);
        isWaitingForOthers |= busy && cohort.HasFirst;
        if (!isWaitingForOthers || shares.First is not { } lease || (busy && Stopwatch.GetElapsedTime(lookedAtOthers) < pauseForOthers))
        {
            return busy;
        }

        // What waits until every share has come past something: also while there is no end of work.
        var began = Stopwatch.GetTimestamp();
        var (armed, isPeopleWaiting) = await people.ScheduleAsync(lease, now, ct);
        var (sent, isDigestWaiting) = await Digests.SendAsync(source, lease, now, ct);
        lookedAtOthers = Stopwatch.GetTimestamp();
        pauseForOthers = Stopwatch.GetElapsedTime(began) * ShareForOthers is var rest && rest > PauseForOthers ? rest : PauseForOthers;
        isWaitingForOthers = isPeopleWaiting || isDigestWaiting;
        return busy || armed || sent;
    }

    // Publishing a pack or a calendar is an event: history can say which were in use when.
    private async Task PublishAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await PublishAsync(new RulesPublished { On = Happened.AtInstant(now), Pack = "statutory", Hash = rules.Hash, By = "practice-events" }, e => e.Hash, now, ct);
        await PublishAsync(
            new CalendarPublished { On = Happened.AtInstant(now), Pack = rules.Calendar.Edition, Hash = rules.Calendar.Hash, By = "practice-events" },
            e => e.Hash, now, ct);
    }

    private async Task PublishAsync<T>(T published, Func<T, string> hash, DateTimeOffset now, CancellationToken ct)
        where T : PracticeEvent
    {
        var before = await store.ReadStreamAsync(EventKind.StreamOf(published), ct: ct);
        if (RecordedFacts.Readable(before).Select(f => f.Event).OfType<T>().LastOrDefault() is not { } last || hash(last) != hash(published))
        {
            await store.AppendAsync([OwnEvents.New(published, new Dictionary<string, StoredAlert>(), now)], ct);
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await shares.LeaveAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            // The database went first; what this node held is free once its time runs out.
            log.BeatFailed(Transient.StateOf(e));
        }
    }
}
