using Npgsql;

namespace PracticeEvents.App.Views;

/// <summary>The tables of the views: made when missing or changed, and written child by child.</summary>
internal sealed class ViewTables(NpgsqlDataSource source, IEnumerable<IView> views)
{
    private const string Ledger = """
        create table if not exists practice.views (name text primary key, definition text not null);
        """;

    private readonly IReadOnlyList<IView> views = [.. views.OrderBy(v => v.Name, StringComparer.Ordinal)];

    /// <summary>All views by name.</summary>
    public IReadOnlyList<IView> All => views;

    /// <summary>Makes the tables that are missing or whose definition changed, and names them: they are empty and want filling.</summary>
    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken ct)
    {
        var made = new List<string>();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Run("select pg_advisory_xact_lock(5074203110982)");
        await Run(Ledger);
        foreach (var view in views)
        {
            await using var known = new NpgsqlCommand("select definition from practice.views where name = $1", connection, transaction)
            {
                Parameters = { new() { Value = view.Name } },
            };
            if (await known.ExecuteScalarAsync(ct) as string == view.Definition)
            {
                continue;
            }

            await Run($"drop table if exists practice.{view.Name}");
            await Run($"create table practice.{view.Name} ({string.Join(", ", view.Columns.Select(c => $"{c.Name} {c.SqlType}"))})");
            await Run($"create index {view.Name}_{view.Columns[0].Name} on practice.{view.Name} ({view.Columns[0].Name})");
            await using var note = new NpgsqlCommand(
                "insert into practice.views values ($1, $2) on conflict (name) do update set definition = excluded.definition", connection, transaction)
            {
                Parameters = { new() { Value = view.Name }, new() { Value = view.Definition } },
            };
            await note.ExecuteNonQueryAsync(ct);
            made.Add(view.Name);
        }

        await transaction.CommitAsync(ct);
        return made;

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Adds rows by binary copy.</summary>
    public static async Task CopyAsync(NpgsqlConnection connection, IView view, List<object?[]> rows, CancellationToken ct)
    {
        var columns = string.Join(", ", view.Columns.Select(c => c.Name));
        await using var copy = await connection.BeginBinaryImportAsync($"copy practice.{view.Name} ({columns}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                {
                    await copy.WriteAsync(value, view.Columns[i].SqlType, ct);
                }
                else
                {
                    await copy.WriteNullAsync(ct);
                }
            }
        }

        await copy.CompleteAsync(ct);
    }
}
