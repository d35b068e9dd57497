using Npgsql;

namespace PracticeEvents.Store;

/// <summary>A moment at which an owner wants to be looked at again.</summary>
/// <param name="Owner">Whose it is, such as a stream.</param>
/// <param name="Key">Which of the owner's timers. A key that begins with <c>~</c> is not the owner's own: somebody else wants it looked at.</param>
/// <param name="DueAt">UTC instant.</param>
public sealed record DueTimer(string Owner, string Key, DateTimeOffset DueAt);

/// <summary>
/// Timers that outlive a restart, keyed by owner and key. An owner states all that it wants; what it no longer wants is gone, and a
/// new date takes the place of the old one. Timers are worked on by whoever holds the owner's share (<see cref="Partitions"/>).
/// </summary>
/// <param name="source">The database.</param>
public sealed class Timers(NpgsqlDataSource source)
{
    /// <summary>Makes these the owners' own timers, and no others, in one statement. An owner with none loses all. What others asked for stays.</summary>
    public static NpgsqlBatchCommand Upsert(IReadOnlyCollection<string> owners, IEnumerable<DueTimer> all)
    {
        var timers = all.ToList();
        return new NpgsqlBatchCommand("""
            with wanted as (select * from unnest($2, $3, $4) as w (owner, key, due_at)),
            gone as (
                delete from practice.timers t
                where t.owner = any($1) and left(t.key, 1) <> '~' and (t.owner, t.key) not in (select owner, key from wanted)
            )
            insert into practice.timers as t (owner, key, due_at)
            select owner, key, due_at from wanted
            on conflict on constraint timers_pkey do update set due_at = excluded.due_at where t.due_at <> excluded.due_at
            """)
        {
            Parameters =
            {
                new() { Value = owners.ToArray() },
                new() { Value = timers.Select(timer => timer.Owner).ToArray() },
                new() { Value = timers.Select(timer => timer.Key).ToArray() },
                new() { Value = timers.Select(timer => timer.DueAt.ToUniversalTime()).ToArray() },
            },
        };
    }

    /// <summary>
    /// Takes due timers of some shares off, earliest first, for the caller's transaction to deal with: rolled back, they are due again. All that is due of
    /// an owner is taken together, because one timer may say how another is to be understood. One that is armed anew meanwhile stays, so that whatever is
    /// read afterwards is read in time. The cost does not depend on how many timers are pending.
    /// </summary>
    /// <param name="partitions">The shares.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="limit">How many timers to look for; the others of their owners come on top.</param>
    /// <param name="after">A position: none is taken while as many events as that stand after it. Nothing to take them in any case.</param>
    public static Query<IReadOnlyList<DueTimer>> TakeDue(IReadOnlyCollection<int> partitions, DateTimeOffset now, int limit, long? after = null)
    {
        // Owner by owner: by the index of due dates, each look at a hundred owners would pass over all of the hundred thousand that are due in a storm.
        var command = new NpgsqlBatchCommand($"""
            delete from practice.timers t
            using (
                select ctid from practice.timers
                where due_at + interval '0' <= $1
                  {(after is null ? "" : "and (select count(*) from (select from public.mt_events where seq_id > $4 and not is_archived order by seq_id limit $3) news) < $3")}
                  and owner = any(array(select owner from practice.timers where due_at <= $1 and partition = any($2) order by due_at limit $3))
                for update skip locked) due
            where t.ctid = due.ctid
            returning t.owner, t.key, t.due_at
            """)
        {
            Parameters = { new() { Value = now.ToUniversalTime() }, new() { Value = partitions.Select(p => (short)p).ToArray() }, new() { Value = limit } },
        };
        if (after is { } position)
        {
            command.Parameters.AddWithValue(position);
        }

        return new(command, async (reader, ct) =>
        {
            var due = new List<DueTimer>();
            while (await reader.ReadAsync(ct))
            {
                due.Add(new DueTimer(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
            }

            return due;
        });
    }

    /// <summary>The earliest timer after an instant; nothing when there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select min(due_at) from practice.timers where due_at > $1");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        return await command.ExecuteScalarAsync(ct) is DateTime due ? new DateTimeOffset(due) : null;
    }

    /// <summary>The earliest timer of some shares, due or not, which is how long a drained due pass may sleep; nothing when there is none.</summary>
    public async Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<int> partitions, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select due_at from practice.timers where partition = any($1) order by due_at limit 1");
        command.Parameters.AddWithValue(partitions.Select(p => (short)p).ToArray());
        return await command.ExecuteScalarAsync(ct) is DateTime due ? new DateTimeOffset(due) : null;
    }

    /// <summary>How many timers there are, how many of them are due, and the earliest of those.</summary>
    public async Task<(long All, long Due, DateTimeOffset? Oldest)> CountAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand(
            "select count(*), count(*) filter (where due_at <= $1), min(due_at) filter (where due_at <= $1) from practice.timers");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2));
    }

    /// <summary>How many timers are due.</summary>
    public async Task<long> DueAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select count(*) from practice.timers where due_at <= $1");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Whether any timer is due.</summary>
    public async Task<bool> AnyDueAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select exists (select from practice.timers where due_at <= $1)");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
