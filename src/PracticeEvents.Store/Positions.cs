using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// How far each consumer has read (<c>mt_event_progression</c>). A consumer moves its position in the transaction that writes its rows,
/// so both are there or neither is.
/// </summary>
public static class Positions
{
    /// <summary>The last position that the consumer has dealt with; 0 before the first.</summary>
    public static async Task<long> ReadAsync(
        NpgsqlConnection connection, string name, NpgsqlTransaction? transaction = null, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand(
            "select last_seq_id from public.mt_event_progression where name = $1", connection, transaction)
        {
            Parameters = { new() { Value = name } },
        };
        return await command.ExecuteScalarAsync(ct) is long position ? position : 0;
    }

    /// <summary>Every consumer and how far it has read.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAllAsync(NpgsqlDataSource source, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select name, coalesce(last_seq_id, 0) from public.mt_event_progression order by name");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new Dictionary<string, long>();
        while (await reader.ReadAsync(ct))
        {
            all[reader.GetString(0)] = reader.GetInt64(1);
        }

        return all;
    }

    /// <summary>Moves a consumer on, if it still stands where it believes.</summary>
    /// <exception cref="PositionLostException">It stands elsewhere: another node has moved it.</exception>
    public static async Task AdvanceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string name, long from, long to, CancellationToken ct = default)
    {
        const string First = """
            insert into public.mt_event_progression as p (name, last_seq_id) values ($1, $3)
            on conflict on constraint pk_mt_event_progression
            do update set last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp()
            where coalesce(p.last_seq_id, 0) = $2
            """;
        const string Next = """
            update public.mt_event_progression set last_seq_id = $3, last_updated = transaction_timestamp()
            where name = $1 and last_seq_id = $2
            """;
        await using var command = new NpgsqlCommand(from == 0 ? First : Next, connection, transaction)
        {
            Parameters = { new() { Value = name }, new() { Value = from }, new() { Value = to } },
        };
        if (await command.ExecuteNonQueryAsync(ct) != 1)
        {
            throw new PositionLostException(name, from);
        }
    }

    /// <summary>Puts a consumer at a position, wherever it stood: for a rebuild that has just filled its rows.</summary>
    public static async Task SetAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string name, long to, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand("""
            insert into public.mt_event_progression (name, last_seq_id) values ($1, $2)
            on conflict on constraint pk_mt_event_progression
            do update set last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp()
            """, connection, transaction)
        {
            Parameters = { new() { Value = name }, new() { Value = to } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
