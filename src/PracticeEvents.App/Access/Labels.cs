using Npgsql;

namespace PracticeEvents.App.Access;

/// <summary>Display labels of children, workers and teams: the one place where a name may stand, read only by signed-in pages, and erasable at any time.</summary>
internal sealed class Labels(NpgsqlDataSource source)
{
    private const string Ddl = """
        create table if not exists practice.labels (kind text not null, reference text not null, label text not null, primary key (kind, reference));
        """;

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Sets labels of a kind (<c>child</c>, <c>worker</c>, <c>team</c>).</summary>
    public async Task SetAsync(string kind, IReadOnlyDictionary<string, string> labels, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            insert into practice.labels select $1, * from unnest($2, $3)
            on conflict (kind, reference) do update set label = excluded.label
            """);
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(labels.Keys.ToArray());
        command.Parameters.AddWithValue(labels.Values.ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Labels of some children, and of every worker and team, by kind and reference.</summary>
    public async Task<ILookup<string, KeyValuePair<string, string>>> WithAllStaffAsync(IReadOnlyCollection<string> children, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "select kind, reference, label from practice.labels where kind in ('worker', 'team') or (kind = 'child' and reference = any($1))");
        command.Parameters.AddWithValue(children.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var labels = new List<(string Kind, string Reference, string Label)>();
        while (await reader.ReadAsync(ct))
        {
            labels.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return labels.ToLookup(l => l.Kind, l => KeyValuePair.Create(l.Reference, l.Label), StringComparer.Ordinal);
    }

    /// <summary>Erases every label of a child.</summary>
    public async Task EraseAsync(string kind, string reference, CancellationToken ct)
    {
        await using var command = source.CreateCommand("delete from practice.labels where kind = $1 and reference = $2");
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(reference);
        await command.ExecuteNonQueryAsync(ct);
    }
}
