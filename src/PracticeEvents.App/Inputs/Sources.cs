using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.App.Inputs;

/// <summary>What a new sender is told once and never again.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Bearer">Token for <c>Authorization: Bearer</c>; only its hash is kept.</param>
/// <param name="Secret">Standard Webhooks secret, <c>whsec_…</c>.</param>
internal sealed record NewSource(string Name, string Bearer, string Secret);

/// <summary>One secret of a sender.</summary>
/// <param name="Value">The secret, <c>whsec_…</c>.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="ExpiresAt">When it stops being believed (UTC); nothing for the newest.</param>
internal sealed record SourceSecret(string Value, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>A registered sender.</summary>
internal sealed record Source(string Name, byte[] BearerHash, IReadOnlyList<SourceSecret> Secrets)
{
    /// <summary>The secrets that are believed at an instant.</summary>
    public IEnumerable<string> LiveSecrets(DateTimeOffset now) => Secrets.Where(s => s.ExpiresAt is null || s.ExpiresAt > now).Select(s => s.Value);
}

/// <summary>The registered senders. Each proves itself by its own bearer token or its own signature; nobody else may send.</summary>
internal sealed partial class Sources(NpgsqlDataSource database)
{
    /// <summary>Makes the table where there is none. Safe to call at every start.</summary>
    public static async Task EnsureAsync(NpgsqlDataSource database, CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("""
            create schema if not exists practice;
            create table if not exists practice.sources (
                name         text         not null,
                bearer_hash  bytea        not null,
                secrets      jsonb        not null,
                created_at   timestamptz  not null,
                constraint sources_pkey primary key (name)
            );
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>True for a name that a source can have: 1 to 64 letters, digits, hyphens and underscores.</summary>
    public static bool IsName(string name) => SourceName().IsMatch(name);

    /// <summary>Registers a sender; nothing when the name is taken.</summary>
    public async Task<NewSource?> CreateAsync(string name, DateTimeOffset now, CancellationToken ct = default)
    {
        var made = New(name);
        await using var command = database.CreateCommand("""
            insert into practice.sources (name, bearer_hash, secrets, created_at) values ($1, $2, $3, $4)
            on conflict on constraint sources_pkey do nothing
            """);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(HashOf(made.Bearer));
        command.Parameters.Add(Json([new SourceSecret(made.Secret, now, null)]));
        command.Parameters.AddWithValue(now.ToUniversalTime());
        return await command.ExecuteNonQueryAsync(ct) == 1 ? made : null;
    }

    /// <summary>Gives a sender a new secret; the ones before are believed for an overlap. Nothing when there is no such sender.</summary>
    public async Task<string?> RotateAsync(string name, TimeSpan overlap, DateTimeOffset now, CancellationToken ct = default)
    {
        if ((await ListAsync(ct)).FirstOrDefault(s => s.Name == name) is not { } source)
        {
            return null;
        }

        var secret = StandardWebhooks.NewSecret();
        var end = now + overlap;
        var kept = source.Secrets.Where(s => s.ExpiresAt is null || s.ExpiresAt > now).Select(s => s with { ExpiresAt = s.ExpiresAt < end ? s.ExpiresAt : end });
        await using var command = database.CreateCommand("update practice.sources set secrets = $2 where name = $1");
        command.Parameters.AddWithValue(name);
        command.Parameters.Add(Json([.. kept.TakeLast(1), new SourceSecret(secret, now, null)]));
        await command.ExecuteNonQueryAsync(ct);
        return secret;
    }

    /// <summary>Gives a sender another bearer token and another secret: those before may have been seen, and prove nothing from now on. Nothing when there is
    /// no such sender.</summary>
    public async Task<NewSource?> RenewAsync(string name, DateTimeOffset now, CancellationToken ct = default)
    {
        var made = New(name);
        await using var command = database.CreateCommand("update practice.sources set bearer_hash = $2, secrets = $3 where name = $1");
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(HashOf(made.Bearer));
        command.Parameters.Add(Json([new SourceSecret(made.Secret, now, null)]));
        return await command.ExecuteNonQueryAsync(ct) == 1 ? made : null;
    }

    /// <summary>Every sender, by name.</summary>
    public async Task<IReadOnlyList<Source>> ListAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("select name, bearer_hash, secrets::text from practice.sources order by name");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sources = new List<Source>();
        while (await reader.ReadAsync(ct))
        {
            sources.Add(new(reader.GetString(0), reader.GetFieldValue<byte[]>(1), JsonSerializer.Deserialize<List<SourceSecret>>(reader.GetString(2))!));
        }

        return sources;
    }

    /// <summary>The hash under which a bearer token is kept.</summary>
    public static byte[] HashOf(string bearer) => SHA256.HashData(Encoding.UTF8.GetBytes(bearer));

    private static NewSource New(string name) => new(name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), StandardWebhooks.NewSecret());

    private static NpgsqlParameter Json(IReadOnlyList<SourceSecret> secrets) =>
        new() { Value = JsonSerializer.Serialize(secrets), NpgsqlDbType = NpgsqlDbType.Jsonb };

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SourceName();
}
