using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>The timescale process: watches the log and the clock, and works through what is new. One node at a time does it, by a lease whose epoch the
/// database checks at every commit; another takes over within seconds.</summary>
internal sealed class TimescaleProcess(
    NpgsqlDataSource source, EventStore store, Notifications notifications, Leases leases, Timers timers, TimescalePass pass,
    AlertTable alerts, AlertFeed feed, RuleBook rules, TimeProvider time, ProcessHealth health, ILogger<TimescaleProcess> log) : BackgroundService
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private const string LeaseName = "timescales";

    private readonly string holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Makes the tables that the process writes.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await alerts.EnsureAsync(ct);
        await feed.EnsureAsync(ct);
        await Unmonitored.EnsureAsync(source, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await Everyone.ScheduleUnmonitoredAsync(connection, time.GetUtcNow(), ct);
    }

    /// <summary>True when everything in the log has been worked through and no timer is due.</summary>
    public async Task<bool> IsSettledAsync(CancellationToken ct)
    {
        var head = await store.HeadAsync(ct);
        var position = (await Positions.ReadAllAsync(source, ct)).GetValueOrDefault(TimescalePass.Position);
        return position >= head && (await timers.CountAsync(time.GetUtcNow(), ct)).Due == 0;
    }

    /// <summary>Waits until <see cref="IsSettledAsync"/> holds.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        notifications.Wake();
        while (!await IsSettledAsync(ct))
        {
            await notifications.WaitAsync(TimeSpan.FromMilliseconds(20), ct: ct);
        }
    }

    /// <summary>Does all there is to do in this process, without the service: for verbs that run alone. False when another node holds the lease.</summary>
    public async Task<bool> DrainAsync(Action<long>? progress, CancellationToken ct)
    {
        if (await leases.TryTakeAsync(LeaseName, holder, Ttl, ct) is not { } lease)
        {
            return false;
        }

        try
        {
            await PublishAsync(ct);
            var renewed = time.GetTimestamp();
            for (long done = 1; await pass.RunAsync(lease, time.GetUtcNow(), ct); done++)
            {
                progress?.Invoke(done);
                renewed = await RenewAsync(lease, renewed, ct);
            }

            return true;
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stoppingToken.IsCancellationRequested)
        {
            Lease? lease = null;
            try
            {
                lease = await leases.TryTakeAsync(LeaseName, holder, Ttl, stoppingToken);
                if (lease is null)
                {
                    health.Standby();
                    await Task.Delay(Renewal, stoppingToken);
                    continue;
                }

                log.LeaseTaken(lease.Epoch);
                await PublishAsync(stoppingToken);
                await RunAsync(lease, () => pause = TimeSpan.FromMilliseconds(100), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                await ReleaseAsync(lease);
                return;
            }
            catch (Exception e)
            {
                // The process never gives up: whatever went wrong, it tries again, and says so.
                health.Failed(e.Message);
                log.PassFailed(e);
                await Task.Delay(pause, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task RunAsync(Lease lease, Action worked, CancellationToken ct)
    {
        var renewed = time.GetTimestamp();
        while (true)
        {
            var since = notifications.Count;
            var now = time.GetUtcNow();
            var busy = await pass.RunAsync(lease, now, ct);
            health.Passed(now);
            worked();
            if (!busy)
            {
                var next = await timers.NextDueAsync(now, ct);
                var wait = next is { } due && due - now < Renewal ? due - now : Renewal;
                await notifications.WaitAsync(since, wait > TimeSpan.FromMilliseconds(5) ? wait : TimeSpan.FromMilliseconds(5), ct: ct);
            }

            renewed = await RenewAsync(lease, renewed, ct);
        }
    }

    private async Task<long> RenewAsync(Lease lease, long renewed, CancellationToken ct)
    {
        if (time.GetElapsedTime(renewed) < Renewal - TimeSpan.FromMilliseconds(200))
        {
            return renewed;
        }

        return await leases.RenewAsync(lease, Ttl, ct) ? time.GetTimestamp() : throw new LeaseLostException(lease.Name, lease.Epoch);
    }

    // Publishing a pack is an event: history can say which rules were in use when. Whoever is watched is looked at again under the new ones.
    private async Task PublishAsync(CancellationToken ct)
    {
        var before = await store.ReadStreamAsync("rules", ct: ct);
        if (before.Count > 0 && ((RulesPublished)StoredFacts.Read(before[^1]).Event).Hash == rules.Hash)
        {
            return;
        }

        var now = time.GetUtcNow();
        var published = new RulesPublished { On = Happened.AtInstant(now), Pack = "statutory", Hash = rules.Hash, By = "practice-events" };
        await store.AppendAsync([OwnEvents.New(published, new Dictionary<string, StoredAlert>(), now)], ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await Everyone.ScheduleAsync(connection, now, ct);
    }

    private async Task ReleaseAsync(Lease? lease)
    {
        try
        {
            if (lease is not null)
            {
                await leases.ReleaseAsync(lease, CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // The database went first; the lease runs out by itself.
        }
    }
}
