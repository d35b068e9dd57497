using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PracticeEvents.App.Access;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Keeps what people asked to be sent. A feed's token is kept as a hash, and shown once.</summary>
internal sealed class Subscriptions(NpgsqlDataSource source)
{
    private const string Ddl = """
        create table if not exists practice.subscriptions (
            id                uuid         primary key,
            worker            text         not null,
            roles             text[]       not null,
            channel           text         not null,
            scope             text         not null,
            stages            text[]       not null,
            address           text         null,
            token_hash        bytea        null unique,
            secrets           jsonb        not null,
            created_at        timestamptz  not null,
            revoked_at        timestamptz  null,
            disabled_at       timestamptz  null,
            disabled_because  text         null
        );
        create table if not exists practice.sending_position (one boolean primary key default true check (one), position bigint not null);
        create index if not exists subscriptions_worker on practice.subscriptions (worker) where revoked_at is null;
        """;

    // A role that came with a token counts for as long as some token of the worker has it.
    private const string Granted = "array(select r from unnest(roles) as r where exists (select from practice.tokens t where t.worker = subscriptions.worker and t.revoked_at is null and r = any(t.roles)))";

    private const string Columns = "id, worker, " + Granted + ", channel, scope, stages, address, secrets::text, created_at, disabled_at, disabled_because";

    /// <summary>Makes the table, and that of how far the feed is put in line.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Keeps a new subscription. With a token for a channel that is fetched.</summary>
    /// <returns>The token, shown once; nothing for a channel that sends.</returns>
    public async Task<string?> AddAsync(Subscription s, CancellationToken ct)
    {
        var token = s.Channel == Subscription.Feed ? "pf_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) : null;
        await using var command = source.CreateCommand("""
            with first as (
                insert into practice.sending_position (position)
                select coalesce(max(position), 0) from practice.alert_feed
                where $4 <> 'feed' and not exists (select from practice.subscriptions where channel <> 'feed' and revoked_at is null)
                having $4 <> 'feed' and not exists (select from practice.subscriptions where channel <> 'feed' and revoked_at is null)
                on conflict (one) do update set position = excluded.position)
            insert into practice.subscriptions (id, worker, roles, channel, scope, stages, address, token_hash, secrets, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """);
        command.Parameters.AddWithValue(s.Id);
        command.Parameters.AddWithValue(s.Worker);
        command.Parameters.AddWithValue(s.Roles.Select(EventName.Word).ToArray());
        command.Parameters.AddWithValue(s.Channel);
        command.Parameters.AddWithValue(s.Scope);
        command.Parameters.AddWithValue(s.Stages.Select(EventName.Word).ToArray());
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)s.Address ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = token is null ? DBNull.Value : Hash(token), NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(Json(s.Secrets));
        command.Parameters.AddWithValue(s.CreatedAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
        return token;
    }

    /// <summary>The subscription behind a token; nothing when there is none or it was revoked.</summary>
    public async Task<Subscription?> OfTokenAsync(string token, CancellationToken ct) => (await ReadAsync("token_hash = $1 and revoked_at is null", [Hash(token)], ct)).SingleOrDefault();

    /// <summary>A worker's subscriptions, the oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> OfAsync(string worker, CancellationToken ct) => ReadAsync("worker = $1 and revoked_at is null", [worker], ct);

    /// <summary>Every subscription of a channel that sends.</summary>
    public Task<IReadOnlyList<Subscription>> SendingAsync(CancellationToken ct) => ReadAsync("channel <> 'feed' and revoked_at is null", [], ct);

    /// <summary>Those that were turned off after failures: of a worker, or of everybody.</summary>
    public Task<IReadOnlyList<Subscription>> DisabledAsync(string? worker, CancellationToken ct) =>
        ReadAsync("revoked_at is null and disabled_at is not null and ($1 = '' or worker = $1)", [worker ?? ""], ct);

    /// <summary>One subscription; nothing when there is none or it was revoked.</summary>
    public async Task<Subscription?> FindAsync(Guid id, CancellationToken ct) => (await ReadAsync("id = $1 and revoked_at is null", [id], ct)).SingleOrDefault();

    /// <summary>Revokes one: from then on nothing is sent and nothing can be fetched.</summary>
    public async Task RevokeAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            with gone as (update practice.subscriptions set revoked_at = $2 where id = $1 and revoked_at is null returning channel, id)
            update practice.outbox o set sent_at = $2, last_error = 'revoked' from gone where o.channel = gone.channel || '/' || gone.id and o.sent_at is null
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Stops sending until somebody turns it on again.</summary>
    public async Task DisableAsync(Guid id, string because, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("update practice.subscriptions set disabled_at = $2, disabled_because = $3 where id = $1 and disabled_at is null");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        command.Parameters.AddWithValue(because);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Turns it on again; what waited is sent now.</summary>
    public async Task EnableAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            with on_again as (update practice.subscriptions set disabled_at = null, disabled_because = null where id = $1 returning channel, id)
            update practice.outbox o set due_at = $2, attempts = 0, claimed_until = null from on_again where o.channel = on_again.channel || '/' || on_again.id and o.sent_at is null
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives it a new secret. The one before is live for an overlap, so that the receiver can change over.</summary>
    public async Task<string> RotateAsync(Subscription s, TimeSpan overlap, DateTimeOffset now, CancellationToken ct)
    {
        var secret = StandardWebhooks.NewSecret();
        var end = now + overlap;
        var kept = s.Secrets.Where(k => k.ExpiresAt is null || k.ExpiresAt > now).Select(k => k with { ExpiresAt = k.ExpiresAt < end ? k.ExpiresAt : end }).TakeLast(1);
        await using var command = source.CreateCommand("update practice.subscriptions set secrets = $2 where id = $1");
        command.Parameters.AddWithValue(s.Id);
        command.Parameters.Add(Json([.. kept, new SourceSecret(secret, now, null)]));
        await command.ExecuteNonQueryAsync(ct);
        return secret;
    }

    private async Task<IReadOnlyList<Subscription>> ReadAsync(string where, object[] values, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select {Columns} from practice.subscriptions where {where} order by created_at, id");
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<Subscription>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new Subscription(
                reader.GetGuid(0), reader.GetString(1), [.. reader.GetFieldValue<string[]>(2).Select(Roles.Parse).OfType<Role>()], reader.GetString(3), reader.GetString(4),
                [.. reader.GetFieldValue<string[]>(5).Select(Stage)], reader.IsDBNull(6) ? null : reader.GetString(6), JsonSerializer.Deserialize<List<SourceSecret>>(reader.GetString(7))!,
                reader.GetFieldValue<DateTimeOffset>(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9), reader.IsDBNull(10) ? null : reader.GetString(10)));
        }

        return found;
    }

    private static AlertStage Stage(string word) => Enum.Parse<AlertStage>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static NpgsqlParameter Json(IReadOnlyList<SourceSecret> secrets) => new() { Value = JsonSerializer.Serialize(secrets), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
