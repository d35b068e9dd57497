using System.Globalization;
using System.Reflection;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>How the database's schema stands against this program's scripts.</summary>
/// <param name="Missing">Scripts that this program has and the database has not run.</param>
/// <param name="Ahead">Scripts that the database has run and this program does not know: a newer program made it.</param>
public sealed record SchemaState(IReadOnlyList<string> Missing, IReadOnlyList<string> Ahead)
{
    /// <summary>Whether the database has exactly what this program needs.</summary>
    public bool IsCurrent => Missing.Count == 0 && Ahead.Count == 0;
}

/// <summary>Numbered, embedded, forward-only scripts, and what of them a database has run (<c>practice.schema_versions</c>).</summary>
public static class Schema
{
    private const long MigrationLock = 5074203110982;

    /// <summary>Runs the scripts that are missing, in one transaction. Safe to call from several nodes at once.</summary>
    /// <returns>Names of the scripts that were run now.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource source, CancellationToken ct = default)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var prepare = new NpgsqlCommand("""
            select pg_advisory_xact_lock($1);
            """, connection) { Parameters = { new() { Value = MigrationLock } } })
        {
            await prepare.ExecuteNonQueryAsync(ct);
        }

        await RunAsync(connection, """
            create schema if not exists practice;
            create table if not exists practice.schema_versions (
                version     integer      not null primary key,
                name        text         not null,
                applied_at  timestamptz  not null default now()
            );
            """, ct);

        var applied = await AppliedAsync(connection, ct);
        var missing = Scripts().Where(script => !applied.ContainsKey(script.Version)).ToList();
        foreach (var script in missing)
        {
            await RunAsync(connection, script.Text(), ct);
            await using var note = new NpgsqlCommand("insert into practice.schema_versions (version, name) values ($1, $2)", connection)
            {
                Parameters = { new() { Value = script.Version }, new() { Value = script.Name } },
            };
            await note.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return [.. missing.Select(script => script.Name)];
    }

    /// <summary>Compares the database with this program's scripts and changes nothing.</summary>
    public static async Task<SchemaState> CheckAsync(NpgsqlDataSource source, CancellationToken ct = default)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var exists = new NpgsqlCommand("select to_regclass('practice.schema_versions') is not null", connection);
        var applied = (bool)(await exists.ExecuteScalarAsync(ct))! ? await AppliedAsync(connection, ct) : [];
        var known = Scripts().ToList();
        return new SchemaState(
            [.. known.Where(script => !applied.ContainsKey(script.Version)).Select(script => script.Name)],
            [.. applied.Where(entry => known.All(script => script.Version != entry.Key)).Select(entry => entry.Value)]);
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select version, name from practice.schema_versions order by version", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(ct))
        {
            applied[reader.GetInt32(0)] = reader.GetString(1);
        }

        return applied;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        // The script is the program's own text, never anyone's input.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private static IEnumerable<Script> Scripts()
    {
        const string Folder = "PracticeEvents.Store.Sql.";
        return from resource in typeof(Schema).Assembly.GetManifestResourceNames()
               where resource.StartsWith(Folder, StringComparison.Ordinal)
               let name = resource[Folder.Length..^".sql".Length]
               orderby name
               select new Script(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, resource);
    }

    private sealed record Script(int Version, string Name, string Resource)
    {
        public string Text()
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
