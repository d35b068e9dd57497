using Npgsql;
using PracticeEvents.App.Children;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>When much has come at once, such as a first load, each child is worked out once and not once for each handful of its events: the children concerned get a
/// timer, and the position moves on in the same commit.</summary>
internal static class Backlog
{
    /// <summary>Fewer events than this are worked through as they come.</summary>
    public const int Least = 10_000;

    private const int Most = 1_000_000;

    // A child whose new events were all loaded stays quiet, by the last of the loads; one with any live event among them does not.
    private const string Sql = """
        insert into practice.timers (owner, key, due_at)
        select substring(t.stream_id from 7), $4 || case when t.loaded then (select e.headers ->> 'load' from public.mt_events e where e.seq_id = t.last) else '' end, $5
        from (
            select stream_id, max(seq_id) as last, bool_and(headers ->> 'load' is not null) as loaded from public.mt_events
            where seq_id > $1 and seq_id <= $2 and not is_archived and stream_id like 'child-%'
            group by stream_id) t
        where practice.partition_of(substring(t.stream_id from 7)) = any($3)
        on conflict on constraint timers_pkey do update set due_at = excluded.due_at
        """;

    /// <summary>Where the next stretch of the backlog ends.</summary>
    public static long Through(long from, long head, long? through) => Math.Min(Math.Min(head, through ?? head), from + Most);

    /// <summary>Arms a timer for every child of some shares with events in a stretch of the log.</summary>
    public static async Task ScheduleAsync(
        NpgsqlConnection connection, IReadOnlyCollection<int> partitions, long from, long through, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new() { Value = from },
                new() { Value = through },
                new() { Value = partitions.Select(p => (short)p).ToArray() },
                new() { Value = Everyone.BehindWith(null) },
                new() { Value = now.ToUniversalTime() },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What is not about a child, in a stretch of the log, in order.</summary>
    public static async Task<List<StoredEvent>> RestAsync(EventStore store, long from, long through, CancellationToken ct)
    {
        string[] types = [.. StructureReader.Types, .. Rest.Types];
        var rest = new List<StoredEvent>();
        for (var after = from; ;)
        {
            var page = await store.ReadAllAsync(after, 5000, types, ct);
            rest.AddRange(page.TakeWhile(e => e.Position <= through).Where(e => !Rest.IsOwnAlert(e)));
            if (page.Count < 5000 || page[^1].Position > through)
            {
                return rest;
            }

            after = page[^1].Position;
        }
    }
}
