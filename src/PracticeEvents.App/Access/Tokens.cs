using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Access;

/// <summary>A person or program that has proved who it is.</summary>
/// <param name="Worker">Worker id.</param>
/// <param name="Roles">Roles granted with the token.</param>
internal sealed record Identity(string Worker, IReadOnlyList<Role> Roles);

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
        """;

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
        await using var command = source.CreateCommand("select worker, roles from practice.tokens where hash = $1 and revoked_at is null");
        command.Parameters.AddWithValue(Hash(token));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Identity(reader.GetString(0), [.. reader.GetFieldValue<string[]>(1).Select(Roles.Parse).OfType<Role>()])
            : null;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
