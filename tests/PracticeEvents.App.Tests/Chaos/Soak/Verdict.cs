using System.Globalization;
using Npgsql;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>What must hold of the database whatever was done to the service.</summary>
internal static class Verdict
{
    /// <summary>CloudEvents source of everything that is sent.</summary>
    public const string Sender = "/cms";

    // Each finds what must not be: the first column names it.
    private static readonly (string Name, string Sql)[] Wrongs =
    [
        ("an event that is stored twice", """
            select headers ->> 'source' || ' ' || (headers ->> 'id') from public.mt_events group by 1 having count(*) > 1
            """),
        ("an inbox row without its event", """
            select x.id::text from practice.inbox x, unnest(x.positions) p where not exists (select from public.mt_events e where e.seq_id = p)
            """),
        ("an event that nobody sent", """
            select seq_id::text from public.mt_events where coalesce(headers ->> 'source', '') not in ('/cms', '/practice-events')
            """),
        ("a stream with a gap in its versions", """
            select coalesce(s.id, e.stream_id) from public.mt_streams s full join public.mt_events e on e.stream_id = s.id
            group by 1 having count(e.seq_id) <> max(e.version) or min(e.version) <> 1 or max(e.version) is distinct from max(s.version)
            """),
        ("a stream whose versions are not in the order of everything", """
            select stream_id from (select stream_id, seq_id, lag(seq_id) over (partition by stream_id order by version) as before from public.mt_events) t where seq_id < before
            """),
        ("an alert that was raised twice", """
            select data ->> 'alert' from public.mt_events where type = 'alert_raised' group by 1 having count(*) > 1
            """),
        ("a notice that was given twice", """
            select alert || ' ' || stage from (
                select data ->> 'alert' as alert, data ->> 'stage' as stage, data ->> 'due' as due, type,
                       lag(type) over life as before, lag(data ->> 'stage') over life as stage_before, lag(data ->> 'due') over life as due_before
                from public.mt_events where stream_id like 'alert-%' window life as (partition by stream_id order by version)) t
            where type = 'alert_stage_reached' and before in ('alert_raised', 'alert_stage_reached') and stage = stage_before and due = due_before
            """),
        ("a notice that is missing from the feed, or on it without having been given", """
            select coalesce(e.seq_id, f.position)::text
            from (select * from public.mt_events where type in ('alert_raised', 'alert_stage_reached', 'alert_settled', 'alert_withdrawn')) e
            full join practice.alert_feed f on f.position = e.seq_id where f.position is null or e.seq_id is null
            """),
        ("a settled or withdrawn alert that is still live, or the other way round", """
            select a.id from practice.alerts a
            join lateral (select type from public.mt_events e where e.stream_id = 'alert-' || a.id order by version desc limit 1) e on true
            where (a.status in ('open', 'acknowledged')) <> (e.type in ('alert_raised', 'alert_stage_reached'))
            """),
        ("a mid-point that was told of twice", """
            select stream_id from public.mt_events where type = 'mid_point_due' group by stream_id, data ->> 'ref' having count(*) > 1
            """),
        ("a child who is not watched", "select child || ': ' || why from practice.unmonitored"),
    ];

    /// <summary>Waits until every share has worked through everything in the log and no timer is due at the time that the database remembers.</summary>
    public static Task SettleAsync(NpgsqlDataSource source) => Until.HoldsAsync(async () => await FirstAsync(source, """
        select 'behind' where (select max(seq_id) from public.mt_events) > (select min(last_seq_id) from public.mt_event_progression where name like 'Timescales:%')
            or (select count(*) from public.mt_event_progression where name like 'Timescales:%') < 16
            or exists (select from practice.timers where due_at <= (select now from practice.rehearsal))
            or exists (select from practice.finished_loads) or exists (select from practice.people_changes)
        """) is null, "everything was worked through");

    /// <summary>Everything that is wrong with what is stored, in words.</summary>
    /// <param name="source">The database.</param>
    /// <param name="acknowledged">Ids of the events that were acknowledged, with their stored type.</param>
    public static async Task<List<string>> FindAsync(NpgsqlDataSource source, IReadOnlyDictionary<string, string> acknowledged)
    {
        var wrongs = new List<string>();
        foreach (var (name, sql) in Wrongs)
        {
            if (await FirstAsync(source, sql) is { } found)
            {
                wrongs.Add($"{name}: {found}");
            }
        }

        await using var command = source.CreateCommand("""
            select coalesce(a.id, e.headers ->> 'id') from unnest($1, $2) as a (id, type)
            full join (select * from public.mt_events where headers ->> 'source' = $3) e on e.headers ->> 'id' = a.id and e.type = a.type
            where a.id is null or e.seq_id is null limit 1
            """);
        command.Parameters.AddWithValue(acknowledged.Keys.ToArray());
        command.Parameters.AddWithValue(acknowledged.Keys.Select(id => acknowledged[id]).ToArray());
        command.Parameters.AddWithValue(Sender);
        if (await command.ExecuteScalarAsync() is string lost)
        {
            wrongs.Add($"an acknowledged event that is not stored, or a stored one that was not acknowledged: {lost}");
        }

        return wrongs;
    }

    /// <summary>What is wrong with what a reader saw, which is meant to be the positions that a query gives, in order.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(NpgsqlDataSource source, string reader, IReadOnlyList<long> seen, string sql)
    {
        var stored = new List<long>();
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            stored.Add(rows.GetInt64(0));
        }

        var same = stored.Zip(seen).TakeWhile(p => p.First == p.Second).Count();
        return same == stored.Count && same == seen.Count ? []
            : [string.Create(CultureInfo.InvariantCulture, $"{reader} did not see everything once and in order: of {stored.Count} it saw {seen.Count}, the same up to {same}, then {seen.ElementAtOrDefault(same)} instead of {stored.ElementAtOrDefault(same)}")];
    }

    /// <summary>A sum over the rows of everything that a rebuild fills.</summary>
    public static async Task<string> SumAsync(NpgsqlDataSource source)
    {
        var sums = new List<string>();
        var tables = (await FirstAsync(source, "select string_agg(name, ' ' order by name) || ' alerts alert_feed' from practice.views"))!;
        foreach (var table in tables.Split(' '))
        {
            sums.Add($"{table} {await FirstAsync(source, $"select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from practice.{table} t")}");
        }

        return string.Join('\n', sums);
    }

    /// <summary>How many events and alert events there are.</summary>
    public static async Task<string?> CountsAsync(NpgsqlDataSource source) => await FirstAsync(source, """
        select count(*) || ' events stored, ' || count(*) filter (where type = 'alert_raised') || ' alerts raised, '
            || count(*) filter (where type = 'alert_stage_reached') || ' stages, ' || count(*) filter (where type in ('alert_settled', 'alert_withdrawn')) || ' ended, clock at '
            || (select to_char(now, 'YYYY-MM-DD HH24:MI') from practice.rehearsal)
        from public.mt_events
        """);

    /// <summary>One number.</summary>
    public static async Task<long> NumberAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string?> FirstAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync() as string;
    }
}
