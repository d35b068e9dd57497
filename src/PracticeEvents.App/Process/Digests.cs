using System.Text.Json;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>After a history was loaded: one message to each person about what is still open for them.</summary>
internal static class Digests
{
    private static readonly string Sql = $"""
        select told.load, recipient, count(*)::int, count(distinct child)::int, (count(*) filter (where stage in ('overdue', 'escalated')))::int
        from practice.alerts cross join lateral ({AlertRows.LoadsThatTold}) as told where {AlertRows.Live}
        group by told.load, recipient order by array_position($1, told.load), recipient
        """;

    private const string Ddl = """
        create table if not exists practice.finished_loads (load text primary key, position bigint not null);
        create table if not exists practice.loads_under_way (load text primary key, at timestamptz not null);
        """;

    // Nothing has come of it for so long that nothing will: whoever loaded it was cut off. What it made late is told all the same.
    private const string GiveUp = """
        with gone as (delete from practice.loads_under_way where at <= $1 returning load)
        insert into practice.finished_loads (load, position) select load, (select coalesce(max(seq_id), 0) from public.mt_events where not is_archived) from gone
        on conflict (load) do update set position = greatest(finished_loads.position, excluded.position)
        """;

    // A minute more than its children are quiet, so that no pass that began before is still to say something quietly.
    private static readonly TimeSpan CutOff = Surroundings.LoadUnderWay + TimeSpan.FromMinutes(1);

    // Finished is a load when nothing of it was read since, every share has come past its end, and nobody waits any more to be worked out because of it. Who waits
    // is looked through once for all loads: keys of timers have no index, and a look for each of 150 loads took longer than a statement may.
    private const string Ready = """
        with behind as materialized (select distinct key from practice.timers where starts_with(key, $2))
        select f.load from practice.finished_loads f
        where f.position <= (select min(coalesce(p.last_seq_id, 0)) from unnest($1) as name left join public.mt_event_progression p using (name))
          and not exists (select from behind b where b.key = $2 || f.load)
          and not exists (select from practice.loads_under_way u where u.load = f.load)
        order by f.position
        for update skip locked
        """;

    /// <summary>Makes the tables of loads that are under way, and of those whose digests are to be sent.</summary>
    public static async Task EnsureAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>True while a load has finished, or was cut off, whose digests were not sent.</summary>
    public static async Task<bool> AnyWaitingAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct) => (await LookAsync(source, now, ct)).Ended;

    /// <summary>Sends the digests of the loads that are worked through. One commit for all of them.</summary>
    /// <returns>Whether any were sent, and whether a load is left that is under way or not worked through.</returns>
    public static async Task<(bool Sent, bool Waiting)> SendAsync(NpgsqlDataSource source, Lease lease, DateTimeOffset now, CancellationToken ct)
    {
        if (await LookAsync(source, now, ct) is (Ended: false, var isUnderWay))
        {
            return (false, isUnderWay);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Lease.GuardAsync(connection, [lease], ct);
        await using (var giveUp = new NpgsqlCommand(GiveUp, connection) { Parameters = { new() { Value = LastOf(now) } } })
        {
            await giveUp.ExecuteNonQueryAsync(ct);
        }

        var ready = await ReadyAsync(connection, ct);
        if (ready.Count > 0)
        {
            await SendAsync(connection, transaction, ready, now, ct);
            await using var done = new NpgsqlCommand("delete from practice.finished_loads where load = any($1)", connection) { Parameters = { new() { Value = ready.ToArray() } } };
            await done.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return (ready.Count > 0, await LookAsync(source, now, ct) is not (false, false));
    }

    /// <summary>What to write for events that came with a load, and for loads that have finished. Whether one is under way goes by when its last
    /// event was received (UTC).</summary>
    /// <param name="events">Events, in order.</param>
    /// <param name="through">Position up to which a share must have come before it has seen all of them.</param>
    public static IEnumerable<NpgsqlBatchCommand> Note(List<StoredEvent> events, long through)
    {
        var ended = EventCatalogue.Kind<LoadFinished>().Alias;
        foreach (var load in events.Where(e => e.Type != ended && StoredFacts.Load(e) is not null).GroupBy(e => StoredFacts.Load(e)!, StringComparer.Ordinal))
        {
            yield return new NpgsqlBatchCommand(
                "insert into practice.loads_under_way (load, at) values ($1, $2) "
                + "on conflict (load) do update set at = greatest(loads_under_way.at, excluded.at)")
            {
                Parameters = { new() { Value = load.Key }, new() { Value = load.Max(e => e.ReceivedAt).ToUniversalTime() } },
            };
        }

        foreach (var finished in RecordedFacts.Readable(events.Where(e => e.Type == ended)))
        {
            yield return new NpgsqlBatchCommand(
                "with gone as (delete from practice.loads_under_way where load = $1) "
                + "insert into practice.finished_loads (load, position) values ($1, $2) "
                + "on conflict (load) do update set position = greatest(finished_loads.position, excluded.position)")
            {
                Parameters = { new() { Value = ((LoadFinished)finished.Event).Load }, new() { Value = Math.Max(finished.Position, through) } },
            };
        }
    }

    /// <summary>Notes the loads of a stretch of the log whose events are not read one by one.</summary>
    public static async Task NoteAsync(NpgsqlConnection connection, long from, long through, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into practice.loads_under_way (load, at)
            select headers ->> 'load', max(timestamp) from public.mt_events
            where seq_id > $1 and seq_id <= $2 and type <> $3 and headers ->> 'load' is not null group by 1
            on conflict (load) do update set at = greatest(loads_under_way.at, excluded.at)
            """, connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = from }, new() { Value = through }, new() { Value = EventCatalogue.Kind<LoadFinished>().Alias } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<(bool Ended, bool UnderWay)> LookAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "select exists (select from practice.finished_loads f where not exists (select from practice.loads_under_way u where u.load = f.load)) "
            + "or exists (select from practice.loads_under_way where at <= $1), exists (select from practice.loads_under_way)");
        command.Parameters.AddWithValue(LastOf(now));
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetBoolean(0), reader.GetBoolean(1));
    }

    // The instant at which a load that is given up was last heard of, or before it.
    private static DateTimeOffset LastOf(DateTimeOffset now) => (now - CutOff).ToUniversalTime();

    private static async Task<List<string>> ReadyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Ready, connection)
        {
            Parameters = { new() { Value = Share.Positions.ToArray() }, new() { Value = Everyone.BehindWith(null) } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var loads = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            loads.Add(reader.GetString(0));
        }

        return loads;
    }

    // Appends a digest of each load for each person whom it left with something open, within the caller's transaction. The open alerts of everybody are gone through
    // once, which takes as long as there are many.
    private static async Task SendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, List<string> loads, DateTimeOffset now, CancellationToken ct)
    {
        var digests = new List<DigestReady>();
        await using (var command = new NpgsqlCommand(Sql, connection, transaction) { CommandTimeout = 0, Parameters = { new() { Value = loads.ToArray() } } })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                digests.Add(new DigestReady
                {
                    Worker = reader.GetString(1),
                    On = Happened.AtInstant(now),
                    Load = reader.GetString(0),
                    Alerts = reader.GetInt32(2),
                    Children = reader.GetInt32(3),
                    Overdue = reader.GetInt32(4),
                });
            }
        }

        if (digests.Count == 0)
        {
            return;
        }

        var known = new Dictionary<string, StoredAlert>();
        var appended = await OwnEvents.Append(digests, known, now).AskAsync(connection, ct)
            ?? throw new InvalidOperationException($"The digests of the loads {string.Join(", ", loads)} cannot be stored.");
        var entries = digests.Zip(appended).Select(p => new FeedEntry(
            p.Second.Position, EventCatalogue.Kind<DigestReady>().Alias, p.First.Worker, "", now, JsonSerializer.Serialize(p.First, EventJson.Options)));
        await Batches.WriteAsync(connection, AlertFeed.Add([.. entries]), ct);
    }
}
