using System.Text.Json;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>After a history was loaded: one message to each person about what is still open for them.</summary>
internal static class Digests
{
    private static readonly string Sql = $"""
        select recipient, count(*)::int, count(distinct child)::int, (count(*) filter (where stage in ('overdue', 'escalated')))::int
        from practice.alerts where {AlertRows.Live} and {AlertRows.OfLoad}
        group by recipient order by recipient
        """;

    private const string Ddl = """
        create table if not exists practice.finished_loads (load text primary key, position bigint not null);
        """;

    // Finished is a load when every share has come past its end, and nobody waits any more to be worked out because of it.
    private const string Ready = """
        select f.load from practice.finished_loads f
        where f.position <= (select min(coalesce(p.last_seq_id, 0)) from unnest($1) as name left join public.mt_event_progression p using (name))
          and not exists (select from practice.timers t where t.key = $2 || f.load)
        order by f.position
        for update skip locked
        """;

    /// <summary>Makes the table of loads whose digests are to be sent.</summary>
    public static async Task EnsureAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>True while a load has finished whose digests were not sent.</summary>
    public static async Task<bool> AnyWaitingAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select exists (select from practice.finished_loads)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Sends the digests of the loads that are worked through. One commit for all of them.</summary>
    /// <returns>Whether any were sent, and whether a load is left that is not worked through.</returns>
    public static async Task<(bool Sent, bool Waiting)> SendAsync(NpgsqlDataSource source, Lease lease, DateTimeOffset now, CancellationToken ct)
    {
        if (!await AnyWaitingAsync(source, ct))
        {
            return (false, false);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Lease.GuardAsync(connection, transaction, [lease], ct);
        var ready = await ReadyAsync(connection, ct);
        foreach (var load in ready)
        {
            await SendAsync(connection, transaction, load, now, ct);
            await using var done = new NpgsqlCommand("delete from practice.finished_loads where load = $1", connection) { Parameters = { new() { Value = load } } };
            await done.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return (ready.Count > 0, await AnyWaitingAsync(source, ct));
    }

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

    // Appends a digest for each person whom the load left with something open, within the caller's transaction.
    private static async Task SendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string load, DateTimeOffset now, CancellationToken ct)
    {
        var digests = new List<DigestReady>();
        await using (var command = new NpgsqlCommand(Sql, connection, transaction) { Parameters = { new() { Value = load } } })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                digests.Add(new DigestReady
                {
                    Worker = reader.GetString(0),
                    On = Happened.AtInstant(now),
                    Load = load,
                    Alerts = reader.GetInt32(1),
                    Children = reader.GetInt32(2),
                    Overdue = reader.GetInt32(3),
                });
            }
        }

        if (digests.Count == 0)
        {
            return;
        }

        var known = new Dictionary<string, StoredAlert>();
        var appended = await OwnEvents.AppendAsync(connection, transaction, digests, known, now, ct) ?? throw new InvalidOperationException($"The digests of load {load} cannot be stored.");
        var entries = digests.Zip(appended).Select(p => new FeedEntry(
            p.Second.Position, EventCatalogue.Kind<DigestReady>().Alias, p.First.Worker, "", now, JsonSerializer.Serialize(p.First, EventJson.Options)));
        await Batches.WriteAsync(connection, AlertFeed.Add([.. entries]), ct);
    }
}
