using Npgsql;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>What must hold of the database whatever was done to the service.</summary>
internal static class Verdict
{
    private static readonly string[] Rebuilt = ["obligations", "children", "mid_points", "alerts", "alert_feed"];

    // Each finds what must not be: the first column names it.
    private static readonly (string Name, string Sql)[] Wrongs =
    [
        ("an event that is stored twice", """
            select headers ->> 'source' || ' ' || (headers ->> 'id') from public.mt_events group by 1 having count(*) > 1
            """),
        ("an inbox row without its event", """
            select x.id::text from practice.inbox x, unnest(x.positions) p where not exists (select from public.mt_events e where e.seq_id = p)
            """),
        ("a stream with a gap in its versions", """
            select s.id from public.mt_streams s join public.mt_events e on e.stream_id = s.id
            group by s.id having count(*) <> max(e.version) or min(e.version) <> 1 or max(e.version) <> max(s.version)
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

    /// <summary>Waits until everything in the log has been worked through.</summary>
    public static Task SettleAsync(NpgsqlDataSource source) => Until.HoldsAsync(async () => await FirstAsync(source, $"""
        select 'behind' where (select max(seq_id) from public.mt_events) > (select min(last_seq_id) from public.mt_event_progression where name like 'Timescales:%')
            or exists (select from practice.timers where due_at <= '{ChaosHouse.Now:yyyy-MM-dd HH:mm:ss}+00')
        """) is null, "everything was worked through");

    /// <summary>Everything that is wrong, in words.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlDataSource source, IEnumerable<string> acknowledged)
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
            select a from (select distinct unnest($1) a) t
            left join public.mt_events e on e.headers ->> 'source' = '/cms' and e.headers ->> 'id' = a
            group by a having count(e.seq_id) <> 1
            limit 1
            """);
        command.Parameters.AddWithValue(acknowledged.ToArray());
        if (await command.ExecuteScalarAsync() is string lost)
        {
            wrongs.Add($"an acknowledged event that is not stored once: {lost}");
        }

        return wrongs;
    }

    /// <summary>A sum over the rows of everything that a rebuild fills.</summary>
    public static async Task<string> SumAsync(NpgsqlDataSource source)
    {
        var sums = new List<string>();
        foreach (var table in Rebuilt)
        {
            sums.Add($"{table} {await FirstAsync(source, $"select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from practice.{table} t")}");
        }

        return string.Join('\n', sums);
    }

    /// <summary>How many events and alert events there are.</summary>
    public static async Task<string?> CountsAsync(NpgsqlDataSource source) => await FirstAsync(source, """
        select count(*) || ' events stored, ' || count(*) filter (where type = 'alert_raised') || ' alerts raised, '
            || count(*) filter (where type = 'alert_stage_reached') || ' stages, ' || count(*) filter (where type in ('alert_settled', 'alert_withdrawn')) || ' ended'
        from public.mt_events
        """);

    private static async Task<string?> FirstAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
