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

    // A child whose new events were all loaded stays quiet, by the last of the loads; one with any live event among them does not. What this service said
    // itself is neither.
    private const string Sql = """
        with concerned as materialized (
            select stream_id, max(seq_id) filter (where told) as last, bool_and(load is not null) filter (where told) as loaded
            from (
                select stream_id, seq_id, headers ->> 'load' as load, headers ->> 'source' is distinct from $6 as told from public.mt_events
                where seq_id > $1 and seq_id <= $2 and not is_archived and stream_id like 'child-%') e
            group by stream_id)
        insert into practice.timers (owner, key, due_at)
        select substring(c.stream_id from 7),
               case when loaded then $4 || (select headers ->> 'load' from public.mt_events where seq_id = c.last) when not loaded then $4 else $7 end, $5
        from concerned c where practice.partition_of(substring(c.stream_id from 7)) = any($3)
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
                new() { Value = OwnEvents.Source },
                new() { Value = Everyone.Anew },
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
            var page = await store.ReadStretchAsync(after, through, 5000, types, ct);
            rest.AddRange(page.Where(e => !Rest.IsOwnAlert(e)));
            if (page.Count < 5000)
            {
                return rest;
            }

            after = page[^1].Position;
        }
    }
}
