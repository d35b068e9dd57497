using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>A child whose record cannot be worked through, who is therefore not watched. Shown as "cannot tell", never as on track.</summary>
internal sealed record Unmonitored(string Child, DateTimeOffset Since, string Why)
{
    private const string Ddl = """
        create table if not exists practice.unmonitored (child text primary key, since timestamptz not null, why text not null);
        """;

    /// <summary>Makes the table.</summary>
    public static async Task EnsureAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>All such children.</summary>
    public static Query<IReadOnlyDictionary<string, Unmonitored>> All() => new(
        new("select child, since, why from practice.unmonitored"),
        async (reader, ct) =>
        {
            var all = new Dictionary<string, Unmonitored>(StringComparer.Ordinal);
            while (await reader.ReadAsync(ct))
            {
                all[reader.GetString(0)] = new Unmonitored(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2));
            }

            return all;
        });

    /// <summary>Notes who is watched again and who is not.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Write(IEnumerable<string> watched, IEnumerable<Unmonitored> stopped)
    {
        yield return new NpgsqlBatchCommand("delete from practice.unmonitored where child = any(array(select unnest($1)))")
        {
            Parameters = { new() { Value = watched.ToArray() } },
        };
        foreach (var child in stopped)
        {
            yield return new NpgsqlBatchCommand("insert into practice.unmonitored values ($1, $2, $3) on conflict (child) do update set why = excluded.why")
            {
                Parameters = { new() { Value = child.Child }, new() { Value = child.Since.ToUniversalTime() }, new() { Value = child.Why } },
            };
        }
    }
}
