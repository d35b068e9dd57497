using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PracticeEvents.App.Access;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Keeps what people asked to be sent. A feed's token is kept as a hash, and shown once.</summary>
internal sealed class Subscriptions(NpgsqlDataSource source, IEnumerable<IChannel> channels, TimeProvider time)
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
        alter table practice.subscriptions
            add column if not exists daily_at time null, add column if not exists quiet_from time null, add column if not exists quiet_to time null,
            add column if not exists even_then text[] not null default '{}';
        create table if not exists practice.sending_position (one boolean primary key default true check (one), position bigint not null);
        create index if not exists subscriptions_worker on practice.subscriptions (worker) where revoked_at is null;
        """;

    // A role that came with a token counts for as long as some token of the worker has it.
    private const string Granted =
        "array(select r from unnest(roles) as r where exists (select from practice.tokens t "
        + "where t.worker = subscriptions.worker and t.revoked_at is null and r = any(t.roles)))";

    // What a channel without its settings cannot send is as if it were turned off, and on again when they are back.
    private readonly DateTimeOffset started = time.GetUtcNow();

    // The oldest of a worker's own that is on.
    private const string Main = """
        channel = any($1) and not exists (
            select from practice.subscriptions o where o.worker = subscriptions.worker and o.channel = any($1) and o.revoked_at is null and o.disabled_at is null
                and (o.created_at, o.id) < (subscriptions.created_at, subscriptions.id))
        """;

    private const string Columns =
        "id, worker, " + Granted + ", channel, scope, stages, address, secrets::text, created_at, disabled_at, disabled_because, "
        + "daily_at, quiet_from, quiet_to, even_then, " + Main;

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
            insert into practice.subscriptions (id, worker, roles, channel, scope, stages, address, token_hash, secrets, created_at, daily_at, quiet_from, quiet_to, even_then)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
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
        Add(command, s.Times);
        await command.ExecuteNonQueryAsync(ct);
        return token;
    }

    /// <summary>The subscription behind a token; nothing when there is none or it was revoked.</summary>
    public async Task<Subscription?> OfTokenAsync(string token, CancellationToken ct) =>
        (await ReadAsync("token_hash = $2 and revoked_at is null", [Hash(token)], ct)).SingleOrDefault();

    /// <summary>A worker's subscriptions, the oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> OfAsync(string worker, CancellationToken ct) => ReadAsync("worker = $2 and revoked_at is null", [worker], ct);

    /// <summary>Every subscription of a channel that sends.</summary>
    public Task<IReadOnlyList<Subscription>> SendingAsync(CancellationToken ct) => ReadAsync("channel <> 'feed' and revoked_at is null", [], ct);

    /// <summary>Those that were turned off after failures: of a worker, or of everybody.</summary>
    public Task<IReadOnlyList<Subscription>> DisabledAsync(string? worker, CancellationToken ct) =>
        ReadAsync(
            "revoked_at is null and (disabled_at is not null or channel <> 'feed' and channel <> all($3)) and ($2 = '' or worker = $2)",
            [worker ?? "", channels.Where(c => c.WhyOff is null).Select(c => c.Name).ToArray()], ct);

    /// <summary>One subscription; nothing when there is none or it was revoked.</summary>
    public async Task<Subscription?> FindAsync(Guid id, CancellationToken ct) => (await ReadAsync("id = $2 and revoked_at is null", [id], ct)).SingleOrDefault();

    /// <summary>Has it sent at other times from now on; what was held goes at the next of them.</summary>
    public async Task SetTimesAsync(Guid id, SendingTimes times, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            with changed as (update practice.subscriptions set daily_at = $2, quiet_from = $3, quiet_to = $4, even_then = $5 where id = $1 returning channel, id), sooner as (
                update practice.outbox o set due_at = $6 from changed
                where o.channel = changed.channel || '/' || changed.id and o.sent_at is null and o.attempts = 0 and o.claimed_until is null and o.payload ->> 'Together' = '')
            select pg_notify('practice_events', '')
            """);
        command.Parameters.AddWithValue(id);
        Add(command, times);
        command.Parameters.AddWithValue(times.For(AlertStage.DueSoon, isOverBudget: false, now).At.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }

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
            with on_again as (
                update practice.subscriptions set disabled_at = null, disabled_because = null where id = $1 and disabled_at is not null returning channel, id),
            again as (
                update practice.outbox o set due_at = $2, attempts = 0 from on_again
                where o.channel = on_again.channel || '/' || on_again.id and o.sent_at is null and o.attempts > 0)
            select pg_notify('practice_events', '')
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
        command.Parameters.AddWithValue(channels.Personal().ToArray());
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<Subscription>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(OffWithItsChannel(new Subscription(
                reader.GetGuid(0), reader.GetString(1), [.. reader.GetFieldValue<string[]>(2).Select(Roles.Parse).OfType<Role>()], reader.GetString(3), reader.GetString(4),
                [.. reader.GetFieldValue<string[]>(5).Select(Stage)], TimesOf(reader), reader.IsDBNull(6) ? null : reader.GetString(6),
                JsonSerializer.Deserialize<List<SourceSecret>>(reader.GetString(7))!,
                reader.GetFieldValue<DateTimeOffset>(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9), reader.IsDBNull(10) ? null : reader.GetString(10),
                reader.GetBoolean(15))));
        }

        return found;
    }

    private Subscription OffWithItsChannel(Subscription s) =>
        s.DisabledAt is not null || s.Channel == Subscription.Feed || channels.FirstOrDefault(c => c.Name == s.Channel) is { WhyOff: null } ? s
            : s with
            {
                DisabledAt = started < s.CreatedAt ? s.CreatedAt : started,
                DisabledBecause = channels.FirstOrDefault(c => c.Name == s.Channel)?.WhyOff ?? $"There is no channel {s.Channel} any more.",
            };

    private static SendingTimes TimesOf(NpgsqlDataReader reader) => new(
        reader.IsDBNull(11) ? null : reader.GetFieldValue<TimeOnly>(11),
        reader.IsDBNull(12) ? null : new QuietHours(reader.GetFieldValue<TimeOnly>(12), reader.GetFieldValue<TimeOnly>(13)),
        [.. reader.GetFieldValue<string[]>(14).Select(Stage)]);

    private static void Add(NpgsqlCommand command, SendingTimes times)
    {
        foreach (var time in new[] { times.Daily, times.Quiet?.From, times.Quiet?.To })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)time ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Time });
        }

        command.Parameters.AddWithValue(times.EvenThen.Select(EventName.Word).ToArray());
    }

    private static AlertStage Stage(string word) => Enum.Parse<AlertStage>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static NpgsqlParameter Json(IReadOnlyList<SourceSecret> secrets) => new() { Value = JsonSerializer.Serialize(secrets), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
