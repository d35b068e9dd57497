using Npgsql;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>After a change of teams, workers or absences: has the children looked at again who may have to be told to somebody else. It waits until
/// every share has come past the change, so that no child is left out whom another node was still working on by what was known before.</summary>
internal sealed class PeopleChanges(NpgsqlDataSource source, StructureReader structures, ChildrenView children)
{
    private const string Ddl = """
        create table if not exists practice.people_changes (position bigint primary key, workers text[] null);
        """;

    private const string Ready = """
        with past as (select min(coalesce(p.last_seq_id, 0)) as position from unnest($1) as name left join public.mt_event_progression p using (name))
        delete from practice.people_changes c using past where c.position <= past.position returning c.workers
        """;

    // Whoever has something open, or is to be told of something.
    private const string Anybody = """
        select child from practice.obligations where outcome = 'open' or late_again
        union select child from practice.alerts where status in ('open', 'acknowledged')
        """;

    /// <summary>Makes the table of changes that are not yet dealt with.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>True while a change is not dealt with.</summary>
    public async Task<bool> AnyWaitingAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select exists (select from practice.people_changes)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>What to write for some events, in the commit that moves past them.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Note(IReadOnlyList<StoredEvent> events)
    {
        var facts = RecordedFacts.Readable(events.Where(StructureReader.Changes)).ToList();
        if (facts.Count == 0)
        {
            yield break;
        }

        // A team or a post may concern anybody; an absence, or leaving, those who are with the worker.
        var workers = facts.ConvertAll(f => f.Event switch { AbsenceRecorded a => a.Worker, AbsenceCancelled c => c.Worker, WorkerLeft l => l.Worker, _ => null });
        yield return new NpgsqlBatchCommand("insert into practice.people_changes (position, workers) values ($1, $2) on conflict do nothing")
        {
            Parameters =
            {
                new() { Value = facts[^1].Position },
                new()
                {
                    Value = workers.Contains(null) ? DBNull.Value : workers.OfType<string>().Distinct(StringComparer.Ordinal).ToArray(),
                    NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text,
                },
            },
        };
    }

    /// <summary>Arms a timer for every child concerned by the changes that every share has come past.</summary>
    /// <returns>Whether any were armed, and whether a change is left that is not dealt with.</returns>
    public async Task<(bool Armed, bool Waiting)> ScheduleAsync(Lease lease, DateTimeOffset now, CancellationToken ct)
    {
        if (!await AnyWaitingAsync(ct))
        {
            return (false, false);
        }

        var structure = await structures.ReadAsync(ct: ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Lease.GuardAsync(connection, [lease], ct);
        var ready = await ReadyAsync(connection, ct);
        foreach (var workers in ready.Contains(null) ? [null] : ready)
        {
            await ArmAsync(connection, workers is null ? null : Concerned(workers, structure), now, ct);
        }

        await transaction.CommitAsync(ct);
        return (ready.Count > 0, await AnyWaitingAsync(ct));
    }

    // Those for whom they stand in, too. Nothing for anybody: whoever holds more than cases of their own may be told of any child.
    private static string[]? Concerned(IReadOnlyList<string> workers, Structure structure)
    {
        var concerned = workers.ToHashSet(StringComparer.Ordinal);
        for (var waiting = new Queue<string>(workers); waiting.TryDequeue(out var worker);)
        {
            foreach (var absent in structure.Absences.CoveredBy(worker).Where(concerned.Add))
            {
                waiting.Enqueue(absent);
            }
        }

        return concerned.All(w => !structure.Seniors.Contains(w) && structure.Workers.GetValueOrDefault(w) is { Roles: [Role.SocialWorker] }) ? [.. concerned] : null;
    }

    private Task ArmAsync(NpgsqlConnection connection, string[]? workers, DateTimeOffset now, CancellationToken ct)
    {
        if (workers is null)
        {
            return Everyone.ArmAsync(connection, Everyone.ForPeople, Anybody, [], now, ct);
        }

        // The first two values are the timer's own.
        var values = new List<object> { now, Everyone.ForPeople };
        var who = string.Join(" union ", workers.Select(w => $"select child from practice.{children.Name} where {SqlText.Of(ChildrenView.With(w).Sql, values)}"));
        values.Add(workers);
        who += $" union select child from practice.alerts where status in ('open', 'acknowledged') and recipient = any(${values.Count})";
        return Everyone.ArmAsync(connection, Everyone.ForPeople, who, values.Skip(2), now, ct);
    }

    private static async Task<List<string[]?>> ReadyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Ready, connection) { Parameters = { new() { Value = Share.Positions.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ready = new List<string[]?>();
        while (await reader.ReadAsync(ct))
        {
            ready.Add(await reader.IsDBNullAsync(0, ct) ? null : reader.GetFieldValue<string[]>(0));
        }

        return ready;
    }
}
