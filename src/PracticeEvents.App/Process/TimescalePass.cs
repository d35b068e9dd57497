using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>One pass of the timescale process over some shares: what is new in the log and what timers are due, worked through to views, timers, alerts and position in
/// one commit. Whatever stops it half-way leaves nothing behind, and doing it again changes nothing.</summary>
internal sealed class TimescalePass(NpgsqlDataSource source, EventStore store, PassReading reading, ViewTables views, Leases leases, ProcessHealth health)
{
    private const int EventsAtOnce = 2000;
    private const int TimersAtOnce = 1000;

    /// <summary>Runs a pass.</summary>
    /// <returns>Where the shares stand now, and whether there was anything to do.</returns>
    /// <exception cref="LeaseLostException">Another node has taken over; nothing was written.</exception>
    public async Task<(long Position, bool Busy)> RunAsync(Cohort cohort, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Lease.GuardAsync(connection, transaction, [.. cohort.Shares.Select(s => s.Lease)], ct);
        int[] partitions = [.. cohort.Shares.Select(s => s.Partition)];
        var due = await Timers.TakeDueAsync(connection, transaction, partitions, now, TimersAtOnce, ct);
        var events = await store.ReadAllAsync(cohort.From, EventsAtOnce, ct: ct);
        var position = events.Count == 0 ? cohort.From : Math.Min(events[^1].Position, cohort.Through ?? long.MaxValue);
        if (events.Count == EventsAtOnce && await store.HeadAsync(ct) is var head && head - cohort.From >= Backlog.Least)
        {
            position = Backlog.Through(cohort.From, head, cohort.Through);
            await Backlog.ScheduleAsync(connection, partitions, cohort.From, position, now, ct);
            events = cohort.HasFirst ? await Backlog.RestAsync(store, cohort.From, position, [.. StructureReader.Types, .. Rest.Types], ct) : [];
        }
        else if (events.Count == 0 && due.Count == 0)
        {
            return (position, false);
        }

        events.RemoveAll(e => e.Position > position);
        if (cohort.HasFirst && events.Exists(StructureReader.Changes))
        {
            await Everyone.ScheduleAsync(connection, now, ct);
        }

        var work = await reading.ReadAsync(cohort, position, events, due, now, ct);
        var writes = await WriteAsync(connection, transaction, work, due, cohort.HasFirst ? events : [], now, ct);
        if (position > cohort.From)
        {
            await using var last = Batches.Of(connection, writes);
            await Positions.AdvanceAsync(last, [.. cohort.Shares.Select(s => s.PositionName)], cohort.From, position, ct);
        }
        else
        {
            await Batches.WriteAsync(connection, writes, ct);
        }

        await transaction.CommitAsync(ct);
        reading.Committed(work);
        health.Worked(events.Count, work.Children.Count, due, now);
        return (position, true);
    }

    // Answers what is left to write after the events were appended: from then on every appender waits.
    private async Task<IEnumerable<NpgsqlBatchCommand>> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, PassWork work, IReadOnlyList<DueTimer> due, List<StoredEvent> events, DateTimeOffset now, CancellationToken ct)
    {
        var known = (await AlertTable.LockOfChildrenAsync(connection, [.. work.Children.Select(c => c.Child)], ct)).ToDictionary(a => a.State.Id, StringComparer.Ordinal);
        var said = await Rest.AlertEventsAsync(connection, events, known, ct);
        var decided = Decide(work, known, await LateFiring.SilencesAsync(leases, due, now, ct), now);
        await Batches.WriteAsync(connection,
        [
            .. await LiveRows.ReplaceAsync(connection, [.. work.Watched.Where(c => c.IsNew).Select(c => c.Picture!)], views.All, ct),
            Timers.Upsert([.. work.Children.Select(c => c.Child)], work.Watched.SelectMany(c => Wakes.Of(c.Picture!, now))),
            .. Unmonitored.Write(work.Watched.Select(c => c.Child), work.Children.Select(c => c.Stopped).OfType<Unmonitored>()),
            .. Rest.Loads(events),
            .. AlertTable.Apply(said, known),
        ], ct);
        var appended = await EventStore.AppendWithinAsync(connection, transaction, [.. decided.Select(e => OwnEvents.New(e, known, now))], ct);
        return AlertTable.Apply(decided.Zip(appended).Where(p => p.First is AlertEvent).Select(p => ((AlertEvent)p.First, now, p.Second.Position)), known);
    }

    private static List<PracticeEvent> Decide(PassWork work, Dictionary<string, StoredAlert> known, IReadOnlyList<Silence> silences, DateTimeOffset now)
    {
        var told = known.Values.ToLookup(a => a.State.Child, a => a.State, StringComparer.Ordinal);
        var decided = new List<PracticeEvent>();
        foreach (var child in work.Watched)
        {
            var alerts = AlertDecisions.Decide(
                child.Child, child.Picture!.Duties, [.. told[child.Child]], role => Routing.To(role, child.Picture.Situation, work.Structure), now, child.Load);
            decided.AddRange(alerts.Select(a => LateFiring.Explain(a, known.GetValueOrDefault(a.Alert), child.Due, silences, now)));
            decided.AddRange(MidPoints.Due(child.Picture, now));
        }

        return decided;
    }
}
