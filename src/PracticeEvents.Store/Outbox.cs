using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.Store;

/// <summary>Something to be sent. Adding the same channel and key again changes nothing.</summary>
/// <param name="Channel">Which channel sends it.</param>
/// <param name="Key">Unique in its channel.</param>
/// <param name="Payload">JSON.</param>
/// <param name="CreatedAt">UTC instant.</param>
/// <param name="DueAt">UTC instant before which it is not sent.</param>
public sealed record OutboxItem(string Channel, string Key, string Payload, DateTimeOffset CreatedAt, DateTimeOffset DueAt);

/// <summary>Something that was claimed for sending.</summary>
/// <param name="Id">Row.</param>
/// <param name="Key">Its key in its channel; give it to the receiver as an idempotency key.</param>
/// <param name="Payload">JSON.</param>
/// <param name="Attempts">How often it was tried before.</param>
/// <param name="CreatedAt">UTC instant.</param>
/// <param name="Until">UTC instant at which the claim runs out; nothing when nobody has it. No two claims of an item have the same: it tells whose the item is.</param>
public sealed record OutboxClaim(long Id, string Key, string Payload, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? Until);

/// <summary>What is waiting in one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Waiting">Items not sent.</param>
/// <param name="Failing">Of those, the ones that have failed at least once.</param>
/// <param name="Oldest">When the oldest of them was made (UTC); nothing when none waits.</param>
public sealed record OutboxDepth(string Channel, long Waiting, long Failing, DateTimeOffset? Oldest);

/// <summary>What must be sent, written in the transaction that decided it. Delivery is at least once; the key lets the receiver tell.</summary>
/// <param name="source">The database.</param>
public sealed class Outbox(NpgsqlDataSource source)
{
    // A node that was paused for longer than its claims last must not give back, or count against, what another is sending.
    private const string StillOurs = "from unnest($1, $2) as c (id, until) where o.id = c.id and o.claimed_until = c.until and o.sent_at is null";

    /// <summary>Adds items within the caller's transaction.</summary>
    /// <returns>How many were new.</returns>
    public static async Task<int> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<OutboxItem> items, CancellationToken ct = default)
    {
        if (items.Count == 0)
        {
            return 0;
        }

        await using var command = new NpgsqlCommand("""
            insert into practice.outbox (channel, key, payload, created_at, due_at)
            select * from unnest($1, $2, $3, $4, $5)
            on conflict on constraint outbox_channel_key do nothing
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = items.Select(item => item.Channel).ToArray() },
                new() { Value = items.Select(item => item.Key).ToArray() },
                new() { Value = items.Select(item => item.Payload).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new() { Value = items.Select(item => item.CreatedAt.ToUniversalTime()).ToArray() },
                new() { Value = items.Select(item => item.DueAt.ToUniversalTime()).ToArray() },
            },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Claims due items, oldest first. A claim that is neither sent nor failed in time can be claimed by another node.</summary>
    public async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(
        string channel, DateTimeOffset now, int limit, TimeSpan leaseFor, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("""
            with due as (
                select id from practice.outbox
                where channel = $1 and sent_at is null and due_at <= $2 and (claimed_until is null or claimed_until <= $2)
                order by due_at, id
                limit $3
                for update skip locked
            ), claimed as (
                update practice.outbox o set claimed_until = $2 + $4 from due where o.id = due.id
                returning o.id, o.key, o.payload, o.attempts, o.created_at, o.claimed_until, o.due_at
            )
            select id, key, payload::text, attempts, created_at, claimed_until from claimed order by due_at, id
            """);
        command.Parameters.AddWithValue(channel);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        command.Parameters.AddWithValue(limit);
        command.Parameters.AddWithValue(leaseFor);
        return await ReadAsync(command, ct);
    }

    /// <summary>Marks items as sent, whosever they are by now: what has been sent need not be sent again.</summary>
    public async Task SentAsync(IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("""
            update practice.outbox set sent_at = $2, attempts = attempts + 1, claimed_until = null, last_error = null
            where id = any($1) and sent_at is null
            """);
        command.Parameters.AddWithValue(ids.ToArray());
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Notes that items could not be sent, why, and when to try again. Nothing is noted of one that another has claimed since.</summary>
    public async Task FailedAsync(IReadOnlyCollection<OutboxClaim> claims, string error, DateTimeOffset retryAt, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand($"update practice.outbox o set attempts = attempts + 1, last_error = $3, due_at = $4, claimed_until = null {StillOurs}");
        Add(command, claims);
        command.Parameters.AddWithValue(error.Replace('\0', '\uFFFD'));
        command.Parameters.AddWithValue(retryAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What is not sent yet, claimed or not, oldest first.</summary>
    public async Task<IReadOnlyList<OutboxClaim>> WaitingAsync(string channel, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand(
            "select id, key, payload::text, attempts, created_at, claimed_until from practice.outbox "
            + "where channel = $1 and sent_at is null order by due_at, id");
        command.Parameters.AddWithValue(channel);
        return await ReadAsync(command, ct);
    }

    /// <summary>Those of some items, by channel and key, that are or were in line.</summary>
    public async Task<IReadOnlySet<(string Channel, string Key)>> ThoseInLineAsync(IReadOnlyCollection<(string Channel, string Key)> items, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select o.channel, o.key from unnest($1, $2) as w (channel, key) join practice.outbox o using (channel, key)");
        command.Parameters.AddWithValue(items.Select(i => i.Channel).ToArray());
        command.Parameters.AddWithValue(items.Select(i => i.Key).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var there = new HashSet<(string, string)>();
        while (await reader.ReadAsync(ct))
        {
            there.Add((reader.GetString(0), reader.GetString(1)));
        }

        return there;
    }

    /// <summary>Gives items back without an attempt, those that nobody has claimed since.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<OutboxClaim> claims, CancellationToken ct = default)
    {
        if (claims.Count == 0)
        {
            return;
        }

        await using var command = source.CreateCommand($"update practice.outbox o set claimed_until = null {StillOurs}");
        Add(command, claims);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives items back without an attempt, to be claimed again from an instant on, those that nobody has claimed since.</summary>
    public async Task PostponeAsync(IReadOnlyCollection<OutboxClaim> claims, DateTimeOffset until, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand($"update practice.outbox o set due_at = $3, claimed_until = null {StillOurs}");
        Add(command, claims);
        command.Parameters.AddWithValue(until.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What waits, by channel.</summary>
    public async Task<IReadOnlyList<OutboxDepth>> DepthAsync(CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("""
            select channel, count(*), count(*) filter (where attempts > 0), min(created_at)
            from practice.outbox where sent_at is null group by channel order by channel
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var depths = new List<OutboxDepth>();
        while (await reader.ReadAsync(ct))
        {
            depths.Add(new OutboxDepth(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), await reader.GetFieldValueAsync<DateTimeOffset?>(3, ct)));
        }

        return depths;
    }

    private static void Add(NpgsqlCommand command, IReadOnlyCollection<OutboxClaim> claims)
    {
        command.Parameters.AddWithValue(claims.Select(c => c.Id).ToArray());
        command.Parameters.AddWithValue(claims.Select(c => c.Until!.Value.ToUniversalTime()).ToArray());
    }

    private static async Task<IReadOnlyList<OutboxClaim>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claims = new List<OutboxClaim>();
        while (await reader.ReadAsync(ct))
        {
            claims.Add(new OutboxClaim(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4),
                await reader.GetFieldValueAsync<DateTimeOffset?>(5, ct)));
        }

        return claims;
    }
}
