using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>One pass of the timescale process: what is new in the log and what timers are due, worked through to views, timers, alerts and position in one commit.
/// Whatever stops it half-way leaves nothing behind, and doing it again changes nothing.</summary>
internal sealed class TimescalePass(
    NpgsqlDataSource source, EventStore store, StructureReader structures, ViewTables views, RuleBook rules, ILogger<TimescalePass> log)
{
    /// <summary>Name of the position in Marten's table of progress.</summary>
    public const string Position = "Timescales:All";

    private const int EventsAtOnce = 2000;
    private const int ChildrenAtOnce = 500;

    /// <summary>Runs a pass. False when there was nothing to do.</summary>
    /// <exception cref="LeaseLostException">Another node has taken over; nothing was written.</exception>
    public async Task<bool> RunAsync(Lease lease, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await lease.GuardAsync(connection, transaction, ct);
        var from = await Positions.ReadAsync(connection, Position, transaction, ct);
        var events = await store.ReadAllAsync(from, EventsAtOnce, ct: ct);
        var due = await Timers.DueOwnersAsync(connection, transaction, now, ChildrenAtOnce, ct);
        if (events.Count == 0 && due.Count == 0)
        {
            return false;
        }

        if (events.Any(StructureReader.Changes))
        {
            await Everyone.ScheduleAsync(connection, now, ct);
        }

        var work = await ReadAsync(events, due, now, ct);
        await WriteAsync(connection, transaction, work, events, now, ct);
        if (events.Count > 0)
        {
            await Positions.AdvanceAsync(connection, transaction, Position, from, events[^1].Position, ct);
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    private sealed record Work(IReadOnlyList<string> Children, List<ChildPicture> Pictures, List<Unmonitored> Stopped, Structure Structure, Dictionary<string, string?> Loads);

    private async Task<Work> ReadAsync(List<StoredEvent> events, IReadOnlyList<string> due, DateTimeOffset now, CancellationToken ct)
    {
        // A child is being loaded while everything new about it belongs to one load.
        var loads = events.Where(e => e.Stream.StartsWith(ChildPicture.StreamPrefix, StringComparison.Ordinal))
            .GroupBy(e => e.Stream[ChildPicture.StreamPrefix.Length..])
            .ToDictionary(g => g.Key, g => g.Select(StoredFacts.Load).Distinct().ToList() is [var only] ? only : null);
        var children = loads.Keys.Concat(due).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var streams = children.Count == 0 ? new Dictionary<string, List<StoredEvent>>()
            : await store.ReadStreamsAsync([.. children.Select(ChildPicture.StreamOf)], ct: ct);
        await Loads.AddUnfinishedAsync(source, loads, streams.Values, now, ct);
        var pictures = new List<ChildPicture>(children.Count);
        var stopped = new List<Unmonitored>();
        foreach (var child in children)
        {
            try
            {
                pictures.Add(ChildPicture.Of(child, streams.GetValueOrDefault(ChildPicture.StreamOf(child)) ?? [], rules));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One child's record must never stop the watching of another: this one is shown as unmonitored.
                log.ChildStopped(e, child);
                stopped.Add(new Unmonitored(child, now, e.Message));
            }
        }

        return new Work(children, pictures, stopped, await structures.ReadAsync(ct: ct), loads);
    }

    private async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Work work, List<StoredEvent> events, DateTimeOffset now, CancellationToken ct)
    {
        var known = (await AlertTable.LockOfChildrenAsync(connection, work.Children, ct)).ToDictionary(a => a.State.Id, StringComparer.Ordinal);
        var said = await ForeignAlertEventsAsync(connection, events, known, ct);
        var decided = new List<PracticeEvent>();
        foreach (var child in work.Pictures)
        {
            var told = known.Values.Select(a => a.State).Where(a => a.Child == child.Child).ToList();
            var alerts = AlertDecisions.Decide(
                child.Child, child.Duties, told, role => Routing.To(role, child.Situation, work.Structure), now, work.Loads.GetValueOrDefault(child.Child));
            decided.AddRange(alerts);
            decided.AddRange(MidPoints.Due(child, now));
        }

        await views.ReplaceAsync(connection, work.Pictures, ct);
        await Timers.UpsertAsync(connection, transaction, work.Children, work.Pictures.SelectMany(p => Wakes.Of(p, now)), ct);
        await Unmonitored.WriteAsync(connection, work.Pictures.Select(p => p.Child), work.Stopped, ct);
        await AlertTable.ApplyAsync(connection, said, known, ct);
        await AppendAsync(connection, transaction, decided, known, now, ct);
        foreach (var load in events.Where(e => e.Type == EventCatalogue.Kind<LoadFinished>().Alias))
        {
            await Digests.SendAsync(connection, transaction, ((LoadFinished)StoredFacts.Read(load).Event).Load, now, ct);
        }
    }

    // Alert events that came by another way than this process: acknowledged, read. They are applied here once more, which does nothing where it was done.
    private static async Task<IReadOnlyList<(AlertEvent Event, DateTimeOffset At, long Position)>> ForeignAlertEventsAsync(
        NpgsqlConnection connection, List<StoredEvent> events, Dictionary<string, StoredAlert> known, CancellationToken ct)
    {
        var said = events.Where(e => e.Stream.StartsWith("alert-", StringComparison.Ordinal)).Select(StoredFacts.Read)
            .Select(f => ((AlertEvent)f.Event, f.ReceivedAt, f.Position)).ToList();
        var others = said.Select(s => s.Item1.Alert).Where(id => !known.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var alert in others.Count == 0 ? [] : await AlertTable.LockAsync(connection, others, ct))
        {
            known[alert.State.Id] = alert;
        }

        return said;
    }

    private static async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<PracticeEvent> decided, Dictionary<string, StoredAlert> known, DateTimeOffset now, CancellationToken ct)
    {
        if (decided.Count == 0)
        {
            return;
        }

        var appended = await EventStore.AppendWithinAsync(connection, transaction, [.. decided.Select(e => OwnEvents.New(e, known, now))], ct);
        var applied = decided.Zip(appended).Where(p => p.First is AlertEvent).Select(p => ((AlertEvent)p.First, now, p.Second.Position));
        await AlertTable.ApplyAsync(connection, applied, known, ct);
    }
}
