using Npgsql;

namespace PracticeEvents.Store;

/// <summary>A moment at which an owner wants to be looked at again.</summary>
/// <param name="Owner">Whose it is, such as a stream.</param>
/// <param name="Key">Which of the owner's timers.</param>
/// <param name="DueAt">UTC instant.</param>
public sealed record DueTimer(string Owner, string Key, DateTimeOffset DueAt);

/// <summary>
/// Timers that outlive a restart, keyed by owner and key. An owner states all that it wants; what it no longer wants is gone, and a
/// new date takes the place of the old one.
/// </summary>
/// <param name="source">The database.</param>
public sealed class Timers(NpgsqlDataSource source)
{
    /// <summary>Makes these the owner's timers, and no others.</summary>
    public static Task UpsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string owner, IReadOnlyDictionary<string, DateTimeOffset> all,
        CancellationToken ct = default) =>
        UpsertAsync(connection, transaction, [owner], all.Select(pair => new DueTimer(owner, pair.Key, pair.Value)), ct);

    /// <summary>Makes these the owners' timers, and no others, for many owners in one statement. An owner with none loses all.</summary>
    public static async Task UpsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<string> owners, IEnumerable<DueTimer> all,
        CancellationToken ct = default)
    {
        var timers = all.ToList();
        await using var command = new NpgsqlCommand("""
            with wanted as (select * from unnest($2, $3, $4) as w (owner, key, due_at)),
            gone as (
                delete from practice.timers t
                where t.owner = any($1) and not exists (select from wanted w where w.owner = t.owner and w.key = t.key)
            )
            insert into practice.timers as t (owner, key, due_at)
            select owner, key, due_at from wanted
            on conflict on constraint timers_pkey do update set due_at = excluded.due_at where t.due_at <> excluded.due_at
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = owners.ToArray() },
                new() { Value = timers.Select(timer => timer.Owner).ToArray() },
                new() { Value = timers.Select(timer => timer.Key).ToArray() },
                new() { Value = timers.Select(timer => timer.DueAt.ToUniversalTime()).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Claims owners that have a due timer, earliest first, until the transaction ends. Owners that another node has claimed are passed
    /// over. The caller looks at each owner, upserts its timers (which removes the due ones) and commits.
    /// </summary>
    public static async Task<IReadOnlyList<string>> DueOwnersAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, int limit, CancellationToken ct = default)
    {
        // The earliest timer of an owner stands for the owner, so that two nodes never hold one owner by two of its timers.
        await using var command = new NpgsqlCommand("""
            select t.owner from practice.timers t
            where t.due_at <= $1
              and not exists (select from practice.timers e where e.owner = t.owner and (e.due_at, e.key) < (t.due_at, t.key))
            order by t.due_at
            limit $2
            for update of t skip locked
            """, connection, transaction)
        {
            Parameters = { new() { Value = now.ToUniversalTime() }, new() { Value = limit } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var owners = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            owners.Add(reader.GetString(0));
        }

        return owners;
    }

    /// <summary>The earliest timer after an instant, which is how long a drained due pass may sleep; nothing when there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select min(due_at) from practice.timers where due_at > $1");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        return await command.ExecuteScalarAsync(ct) is DateTime due ? new DateTimeOffset(due) : null;
    }

    /// <summary>How many timers there are, and how many of them are due.</summary>
    public async Task<(long All, long Due)> CountAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select count(*), count(*) filter (where due_at <= $1) from practice.timers");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
