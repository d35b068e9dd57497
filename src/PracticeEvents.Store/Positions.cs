using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// How far each consumer has read (<c>mt_event_progression</c>). A consumer moves its position in the transaction that writes its rows,
/// so both are there or neither is.
/// </summary>
public static class Positions
{
    /// <summary>How far some consumers have read; 0 for one that has not begun.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<string> names, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand("""
            select name, coalesce(p.last_seq_id, 0) from unnest($1) as name left join public.mt_event_progression p using (name)
            """, connection, transaction)
        {
            Parameters = { new() { Value = names.ToArray() } },
        };
        return await ReadAsync(command, ct);
    }

    /// <summary>Every consumer and how far it has read.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAllAsync(NpgsqlDataSource source, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select name, coalesce(last_seq_id, 0) from public.mt_event_progression order by name");
        return await ReadAsync(command, ct);
    }

    /// <summary>Moves consumers on together, as the last of some writes, if they all still stand where they believe.</summary>
    /// <exception cref="PositionLostException">One of them stands elsewhere: another node has moved it. The transaction must be rolled back.</exception>
    public static async Task AdvanceAsync(NpgsqlBatch writes, IReadOnlyCollection<string> names, long from, long to, CancellationToken ct = default)
    {
        var advance = Advance(names, from, to);
        writes.BatchCommands.Add(advance);
        await writes.ExecuteNonQueryAsync(ct);
        Check(advance, names, from);
    }

    /// <summary>Moves consumers on together, those of them that still stand where they believe. Whoever has carried it out asks <see cref="Check"/>.</summary>
    public static NpgsqlBatchCommand Advance(IReadOnlyCollection<string> names, long from, long to) =>
        new("""
            insert into public.mt_event_progression as p (name, last_seq_id) select name, $3 from unnest($1) as name
            on conflict on constraint pk_mt_event_progression
            do update set last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp()
            where coalesce(p.last_seq_id, 0) = $2
            """)
        {
            Parameters = { new() { Value = names.ToArray() }, new() { Value = from }, new() { Value = to } },
        };

    /// <summary>Refuses a move that was not that of all.</summary>
    /// <exception cref="PositionLostException">One of them stands elsewhere: another node has moved it. The transaction must be rolled back.</exception>
    public static void Check(NpgsqlBatchCommand advance, IReadOnlyCollection<string> names, long from)
    {
        if (advance.RecordsAffected != names.Count)
        {
            throw new PositionLostException(string.Join(", ", names), from);
        }
    }

    private static async Task<IReadOnlyDictionary<string, long>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var positions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            positions[reader.GetString(0)] = reader.GetInt64(1);
        }

        return positions;
    }
}
