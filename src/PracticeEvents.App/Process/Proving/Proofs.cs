using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.App.Process.Proving;

/// <summary>The last proof as it is remembered.</summary>
/// <param name="At">UTC instant at which it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Proved">What it came to.</param>
internal sealed record LastProof(DateTimeOffset At, double Seconds, Proved Proved);

/// <summary>Remembers the last proof, for the status page and for the next night.</summary>
internal sealed class Proofs(NpgsqlDataSource source)
{
    private const string Ddl = """
        create table if not exists practice.proof (
            singleton boolean primary key default true check (singleton),
            at timestamptz not null, seconds double precision not null, proved jsonb not null);
        """;

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The last proof; nothing before the first.</summary>
    public async Task<LastProof?> LastAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select at, seconds, proved::text from practice.proof");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new LastProof(reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), JsonSerializer.Deserialize<Proved>(reader.GetString(2), ApiJson.Options)!)
            : null;
    }

    /// <summary>Remembers a proof in place of the last.</summary>
    public async Task KeepAsync(LastProof proof, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            insert into practice.proof (at, seconds, proved) values ($1, $2, $3)
            on conflict (singleton) do update set at = excluded.at, seconds = excluded.seconds, proved = excluded.proved
            """);
        command.Parameters.AddWithValue(proof.At.ToUniversalTime());
        command.Parameters.AddWithValue(proof.Seconds);
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(proof.Proved, ApiJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(ct);
    }
}
