using Npgsql;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>One attempt to send, as it is kept for thirty days.</summary>
/// <param name="Message">Id of the message, the same at every attempt.</param>
/// <param name="Position">Place on the feed of what it says.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
/// <param name="At">UTC instant.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="IsSent">True when the receiver took it.</param>
/// <param name="Code">Code of what happened.</param>
internal sealed record DeliveryRow(string Message, long Position, int Attempt, DateTimeOffset At, int Milliseconds, bool IsSent, string Code);

/// <summary>The log of what was sent, and what could not be and why.</summary>
internal sealed class Deliveries(NpgsqlDataSource source)
{
    private const string Ddl = """
        create table if not exists practice.deliveries (
            id            bigint generated always as identity primary key,
            subscription  uuid         not null,
            message       text         not null,
            position      bigint       not null,
            attempt       integer      not null,
            at            timestamptz  not null,
            ms            integer      not null,
            sent          boolean      not null,
            code          text         not null
        );
        create index if not exists deliveries_subscription on practice.deliveries (subscription, id);
        create index if not exists deliveries_at on practice.deliveries (at);
        """;

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Keeps an attempt.</summary>
    public async Task AddAsync(Guid subscription, DeliveryRow row, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "insert into practice.deliveries (subscription, message, position, attempt, at, ms, sent, code) values ($1, $2, $3, $4, $5, $6, $7, $8)");
        command.Parameters.AddWithValue(subscription);
        command.Parameters.AddWithValue(row.Message);
        command.Parameters.AddWithValue(row.Position);
        command.Parameters.AddWithValue(row.Attempt);
        command.Parameters.AddWithValue(row.At.ToUniversalTime());
        command.Parameters.AddWithValue(row.Milliseconds);
        command.Parameters.AddWithValue(row.IsSent);
        command.Parameters.AddWithValue(row.Code);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>True when something reached the receiver of a subscription since an instant.</summary>
    public async Task<bool> AnySentSinceAsync(Subscription s, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select exists (select from practice.deliveries where subscription = $1 and sent and at > $2)");
        command.Parameters.AddWithValue(s.Id);
        command.Parameters.AddWithValue(since.ToUniversalTime());
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The last attempts of a subscription, the newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> LastAsync(Guid subscription, int limit, bool failedOnly, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"""
            select message, position, attempt, at, ms, sent, code from practice.deliveries where subscription = $1 {(failedOnly ? "and not sent" : "")} order by id desc limit $2
            """);
        command.Parameters.AddWithValue(subscription);
        command.Parameters.AddWithValue(limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<DeliveryRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt32(4),
                reader.GetBoolean(5), reader.GetString(6)));
        }

        return rows;
    }

    /// <summary>Puts messages of a range of the feed in line again, the same messages with the same ids; without a range, one message.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ReplayAsync(Subscription s, long from, long to, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            with again as (
                update practice.outbox set sent_at = null, attempts = 0, due_at = $4, claimed_until = null, last_error = null
                where channel = $1 and (payload ->> 'Position')::bigint between $2 and $3 returning 1)
            select count(*)::int, pg_notify('practice_events', '') from again
            """);
        command.Parameters.AddWithValue(Standing.LineOf(s));
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
