using System.Diagnostics;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>One pass of the timescale process over some shares: what is new in the log and what timers are due, worked through to views, timers, alerts and position in
/// one commit. Whatever stops it half-way leaves nothing behind, and doing it again changes nothing.</summary>
internal sealed class TimescalePass(
    NpgsqlDataSource source, EventStore store, StructureReader structures, PassReading reading, ViewTables views, Leases leases, Feeds feeds, RuleBook rules,
    ProcessHealth health, TimeProvider time, ILogger<TimescalePass> log) : IAsyncDisposable
{
    private const int EventsAtOnce = 2000;

    private readonly Pace pace = new();
    private readonly LoopSession session = new(source);

    // After a refusal by the database, until a pass has been written.
    private bool isCareful;

    /// <summary>Says that this process works alone: nobody sends or reads meanwhile.</summary>
    public void WorkAlone()
    {
        pace.WorkAlone();
        reading.WorkAlone();
    }

    /// <summary>Runs a pass.</summary>
    /// <returns>Where the shares stand now, and whether there was anything to do.</returns>
    /// <exception cref="LeaseLostException">Another node has taken over; nothing was written.</exception>
    public async Task<(long Position, bool Busy)> RunAsync(Cohort cohort, DateTimeOffset now, CancellationToken ct)
    {
        var fed = new List<EventKind>();
        try
        {
            return await RunAsync(cohort, fed, now, ct);
        }
        catch (PostgresException e) when (!isCareful && WriteTrial.IsRefusal(e))
        {
            // Something of somebody cannot be written. The next pass finds out of whom.
            log.PassRefused(e.SqlState, e.MessageText);
            feeds.Forget(fed);
            isCareful = true;
            return (cohort.From, true);
        }
        catch
        {
            feeds.Forget(fed);
            throw;
        }
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private async Task<(long Position, bool Busy)> RunAsync(Cohort cohort, List<EventKind> fed, DateTimeOffset now, CancellationToken ct)
    {
        var (began, asked, limit) = (Stopwatch.GetTimestamp(), now, pace.Children);
        var connection = await session.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // In this order. A timer waits until everything is read that came before: a visit that stands behind others in the log is no less recorded.
        // Whatever changes the structure after it was read arms timers that are not among those taken.
        var (_, news, due, changed) = await Query.AskAsync(
            connection,
            Lease.Guard([.. cohort.Shares.Select(s => s.Lease)]),
            EventStore.After(cohort.From, EventsAtOnce),
            cohort.Through is null ? Timers.TakeDue(cohort.Partitions, now, limit, cohort.From) : null,
            StructureReader.Position(),
            ct);
        var events = news!;
        if (events.Count >= limit && due is { Count: > 0 })
        {
            // Events were archived between the one look and the other. What was taken is given back, and everything is asked again.
            return (cohort.From, true);
        }

        now = NotBefore(events, now);
        if (events.Count == EventsAtOnce && await store.HeadAsync(ct) is var head && head - cohort.From >= Backlog.Least)
        {
            return await PostponeAsync(connection, transaction, cohort, Backlog.Through(cohort.From, head, cohort.Through), fed, now, ct);
        }

        // What is left out of reading, such as an archived event, is passed over too.
        var isAll = events.Count < EventsAtOnce;
        var wereTaken = events.Count < limit && now - asked < LateFiring.Tolerated;
        if (pace.Within(events) is var within && within < events.Count)
        {
            isAll = false;
            events.RemoveRange(within, events.Count - within);
        }

        var read = events.Count == 0 ? cohort.From : events[^1].Position;
        var position = isAll ? cohort.Through ?? read : Math.Min(read, cohort.Through ?? long.MaxValue);
        if (isAll && !wereTaken && cohort.Through is null)
        {
            (var more, changed) = await Query.AskAsync(connection, Timers.TakeDue(cohort.Partitions, now, limit), StructureReader.Position(), ct);
            due = [.. due ?? [], .. more ?? []];
        }

        due ??= [];
        if (position == cohort.From && due.Count == 0)
        {
            return (position, false);
        }

        events.RemoveAll(e => e.Position > position);
        if (feeds.AreNews(events))
        {
            fed.AddRange(await feeds.LoadAsync(ct));
        }

        await ScheduleAsync(connection, cohort, fed, now, ct);

        var work = await reading.ReadAsync(connection, cohort, position, events, due, await structures.ReadAsync(changed, ct), now, ct);
        (work, var written) = await CommitAsync(connection, cohort, position, work, due, events, now, ct);
        pace.Took(work.Children.Count, Stopwatch.GetElapsedTime(began));
        reading.Committed(work, written);
        health.Worked(events.Count, work.Children.Count, due, now);
        return (position, true);
    }

    // Nothing is said before what it is about was received: the clock may have moved on between the look at it and the reading of the log, in a
    // rehearsal by weeks. A writer of events other than this service can put any instant on them, so that what the clock says has the last word.
    private DateTimeOffset NotBefore(List<StoredEvent> events, DateTimeOffset now)
    {
        if (events.Count == 0 || events.Max(e => e.ReceivedAt) is var received && received <= now)
        {
            return now;
        }

        var latest = time.GetUtcNow();
        return latest < now ? now : received < latest ? received : latest;
    }

    // Too much to work through as it comes: who is concerned is noted, and what is held of them is out of date. No timer is taken: it would be worked on before the news.
    private async Task<(long Position, bool Busy)> PostponeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Cohort cohort, long through, List<EventKind> fed, DateTimeOffset now, CancellationToken ct)
    {
        await Backlog.ScheduleAsync(connection, cohort.Partitions, cohort.From, through, now, ct);
        var rest = cohort.HasFirst ? await Backlog.RestAsync(store, cohort.From, through, ct) : [];
        if (cohort.HasFirst)
        {
            await Digests.NoteAsync(connection, cohort.From, through, ct);
        }

        fed.AddRange(await feeds.LoadAsync(ct));
        await ScheduleAsync(connection, cohort, fed, now, ct);

        var known = new Dictionary<string, StoredAlert>(StringComparer.Ordinal);
        var said = await Rest.AlertEventsAsync(connection, rest, known, ct);
        await using var writes = Batches.Of(connection, [.. Digests.Note(rest, through), .. PeopleChanges.Note(rest), .. AlertTable.Apply(said, known)]);
        await Positions.AdvanceAsync(writes, [.. cohort.Shares.Select(s => s.PositionName)], cohort.From, through, ct);
        await transaction.CommitAsync(ct);
        reading.Forget(cohort.Partitions);
        return (through, true);
    }

    // What concerns everybody: a first event of a kind for which rules waited.
    private async Task ScheduleAsync(NpgsqlConnection connection, Cohort cohort, List<EventKind> fed, DateTimeOffset now, CancellationToken ct)
    {
        if (fed.Count > 0)
        {
            await Everyone.ScheduleAsync(connection, now, ct);
            await Shares.GoneByAsync(connection, cohort, rules, ct);
        }
    }

    // Answers who is watched and who was stopped, and what was written.
    private async Task<(PassWork Done, IReadOnlyDictionary<string, WrittenRows> Written)> CommitAsync(
        NpgsqlConnection connection, Cohort cohort, long position, PassWork work, IReadOnlyList<DueTimer> due, List<StoredEvent> events, DateTimeOffset now,
        CancellationToken ct)
    {
        var rest = cohort.HasFirst ? events : [];
        string[] names = [.. cohort.Shares.Select(s => s.PositionName)];
        var advance = position > cohort.From ? Positions.Advance(names, cohort.From, position) : null;
        var known = work.Alerts.ToDictionary(a => a.State.Id, StringComparer.Ordinal);
        var said = await Rest.AlertEventsAsync(connection, rest, known, ct);
        var silences = await LateFiring.SilencesAsync(leases, due, now, ct);
        var told = known.Values.ToLookup(a => a.State.Child, a => a.State, StringComparer.Ordinal);
        var decided = Decide([.. work.Watched], child => Decide(child, work, told, known, silences, now), ct);
        if (isCareful)
        {
            var why = await WriteTrial.RefusedAsync(connection, decided.Where(d => d.Child.Stopped is null), views.All, known, now, ct);
            decided = decided.ConvertAll(d => why.TryGetValue(d.Child.Child, out var refusal) ? Stopped(d.Child, refusal, now) : d);
        }

        var stopped = work.Stopped.Concat(decided.Select(d => d.Child).Where(c => c.Stopped is not null)).ToList();
        if (isCareful)
        {
            var why = await WriteTrial.RefusedAsync(connection, stopped.Select(c => new Decided(c, [], [])), views.All, known, now, ct);
            stopped = stopped.ConvertAll(c => why.ContainsKey(c.Child) ? c with { Changes = [.. views.All.Select(_ => RowChange.None)] } : c);
        }

        var watched = decided.Select(d => d.Child).Where(c => c.Stopped is null).ToList();
        var toSay = decided.SelectMany(d => d.Events).ToList();

        var heard = AlertTable.Apply(said, known).ToList();

        // From the append on, the last of these, every appender waits until the commit.
        var append = toSay.Count == 0 ? null : OwnEvents.Append(toSay, known, now);
        var (written, appended) = await LiveRows.WriteAsync(connection, [.. watched.Where(c => c.IsNew), .. stopped], views.All,
        [
            Timers.Upsert([.. work.Children.Select(c => c.Child)], decided.SelectMany(d => d.Wakes)),
            .. Unmonitored.Write(watched.Select(c => c.Child), stopped.Select(c => c.Stopped!)),
            .. Digests.Note(rest, rest.Count == 0 ? 0 : rest[^1].Position),
            .. PeopleChanges.Note(rest),
            .. heard,
            .. advance is null ? (NpgsqlBatchCommand[])[] : [advance],
        ], append, ct);
        if (advance is not null)
        {
            Positions.Check(advance, names, cohort.From);
        }

        List<string> refused = [];
        if (append is not null && appended is null)
        {
            (appended, refused) = await OwnEvents.AppendEachAsync(
                connection, decided.Select(d => (d.Child.Child, d.Events)), known, now, ct);
        }

        await Batches.CommitAsync(connection,
        [
            .. OwnEvents.Told(appended ?? [], known, now),
            .. refused.Count == 0 ? [] : Unmonitored.Write([], refused.Select(child => new Unmonitored(
                child, now, "What is to be said of this child cannot be stored: an alert's stream is archived, or says something else."))),
        ], ct);
        isCareful = false;
        return (work with { Children = [.. watched, .. stopped] }, written);
    }

    private static List<Decided> Decide(IReadOnlyList<PassChild> children, Func<PassChild, Decided> decide, CancellationToken ct)
    {
        var decided = new Decided[children.Count];
        Parallel.For(0, children.Count, PassReading.Everywhere(ct), n => decided[n] = decide(children[n]));
        return [.. decided];
    }

    private Decided Decide(
        PassChild child, PassWork work, ILookup<string, AlertState> told, Dictionary<string, StoredAlert> known, IReadOnlyList<Silence> silences, DateTimeOffset now)
    {
        try
        {
            var (alerts, wakes) = Decisions.Of(child.Picture!, [.. told[child.Child]], work.Structure, now, child.Load);
            return new Decided(
                child,
                [
                    .. alerts.Select(a => LateFiring.Explain(a, known.GetValueOrDefault(a.Alert), child.Due, silences, now)),
                    .. MidPoints.Due(child.Picture!, now),
                ],
                wakes);
        }
        catch (Exception e)
        {
            return Stopped(child, e, now);
        }
    }

    private Decided Stopped(PassChild child, Exception why, DateTimeOffset now) => new(reading.Stop(child, why, child.History!.Facts, now), [], []);
}
