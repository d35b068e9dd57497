using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Access;

/// <summary>A person or program that has proved who it is.</summary>
/// <param name="Worker">Worker id.</param>
/// <param name="Roles">Roles granted with the token.</param>
/// <param name="Token">Id of the token that proved it; nothing where none did.</param>
internal sealed record Identity(string Worker, IReadOnlyList<Role> Roles, string? Token = null);

/// <summary>A token as administrators see it: never the token itself.</summary>
/// <param name="Id">What it is called: the beginning of its hash.</param>
/// <param name="Worker">Worker id.</param>
/// <param name="Roles">Roles granted.</param>
/// <param name="CreatedAt">UTC instant.</param>
/// <param name="RevokedAt">UTC instant from which it opens nothing; nothing for one that is good.</param>
internal sealed record GivenToken(string Id, string Worker, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>Access tokens of people and programs. Kept as a hash; the token itself is shown once.</summary>
internal sealed class Tokens(NpgsqlDataSource source)
{
    private const string Ddl = """
        create table if not exists practice.tokens (
            hash        bytea        primary key,
            worker      text         not null,
            roles       text[]       not null,
            created_at  timestamptz  not null,
            revoked_at  timestamptz  null
        );
        create index if not exists tokens_id on practice.tokens (left(encode(hash, 'hex'), 16));
        """;

    // Long enough that no two are alike, short enough to be typed; the hash tells nobody the token.
    private const string Id = "left(encode(hash, 'hex'), 16)";

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Makes a token of 32 random bytes for a worker with some roles.</summary>
    public async Task<string> CreateAsync(string worker, IReadOnlyList<Role> roles, DateTimeOffset now, CancellationToken ct)
    {
        var token = "pe_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await using var command = source.CreateCommand("insert into practice.tokens (hash, worker, roles, created_at) values ($1, $2, $3, $4)");
        command.Parameters.AddWithValue(Hash(token));
        command.Parameters.AddWithValue(worker);
        command.Parameters.AddWithValue(roles.Select(r => EventName.Word(r.ToString())).ToArray());
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
        return token;
    }

    /// <summary>Whose token it is; nothing when it is nobody's or was revoked.</summary>
    public async Task<Identity?> FindAsync(string token, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select worker, roles, {Id} from practice.tokens where hash = $1 and revoked_at is null");
        command.Parameters.AddWithValue(Hash(token));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Identity(reader.GetString(0), [.. reader.GetFieldValue<string[]>(1).Select(Roles.Parse).OfType<Role>()], reader.GetString(2))
            : null;
    }

    /// <summary>True for the id of a token that is good: whoever signed in with it stays signed in.</summary>
    public async Task<bool> StandsAsync(string id, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select exists (select from practice.tokens where {Id} = $1 and revoked_at is null)");
        command.Parameters.AddWithValue(id);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The tokens of a worker, or of everybody, by worker and the newest first.</summary>
    public async Task<IReadOnlyList<GivenToken>> ListAsync(string? worker, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            $"select {Id}, worker, roles, created_at, revoked_at from practice.tokens where worker = coalesce($1, worker) order by worker collate \"C\", created_at desc, hash");
        command.Parameters.Add(new() { Value = (object?)worker ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tokens = new List<GivenToken>();
        while (await reader.ReadAsync(ct))
        {
            tokens.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<DateTimeOffset>(3),
                await reader.GetFieldValueAsync<DateTimeOffset?>(4, ct)));
        }

        return tokens;
    }

    /// <summary>Makes tokens open nothing any more: whoever is signed in with one is signed out.</summary>
    /// <param name="ids">Ids of tokens.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Those of them that were good until now.</returns>
    public async Task<IReadOnlyList<string>> RevokeAsync(IReadOnlyCollection<string> ids, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"update practice.tokens set revoked_at = $2 where {Id} = any($1) and revoked_at is null returning {Id}");
        command.Parameters.AddWithValue(ids.ToArray());
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var revoked = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            revoked.Add(reader.GetString(0));
        }

        return revoked;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
