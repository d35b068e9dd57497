using Npgsql;

namespace PracticeEvents.App.Views;

/// <summary>The tables of the views: what they are made of, for which definition they were made, and how they are written child by child.</summary>
internal sealed class ViewTables(NpgsqlDataSource source, IEnumerable<IView> views)
{
    /// <summary>Schema of the tables in use.</summary>
    public const string Live = "practice";

    private const string Ledger = "create table if not exists practice.views (name text primary key, definition text not null)";

    private readonly IReadOnlyList<IView> views = [.. views.OrderBy(v => v.Name, StringComparer.Ordinal)];

    /// <summary>All views by name.</summary>
    public IReadOnlyList<IView> All => views;

    /// <summary>Makes a view's bare table in a schema.</summary>
    public static string Create(IView view, string schema) =>
        $"create table {schema}.{view.Name} ({string.Join(", ", view.Columns.Select(c => $"{c.Name} {c.SqlType}"))})";

    /// <summary>Makes its indexes.</summary>
    public static string Index(IView view, string schema) =>
        string.Join("; ", view.Indexes.Select(index => $"create index {index.Name} on {schema}.{view.Name} {index.On}"));

    /// <summary>The views whose table is missing, or was made for another definition: they want filling.</summary>
    public async Task<IReadOnlyList<IView>> ChangedAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select name, definition from practice.views");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var known = new Dictionary<string, string>();
        while (await reader.ReadAsync(ct))
        {
            known[reader.GetString(0)] = reader.GetString(1);
        }

        return [.. views.Where(v => known.GetValueOrDefault(v.Name) != v.Definition)];
    }

    /// <summary>Makes the ledger, and in a new database the tables, which have nothing to be filled with.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var fresh = new NpgsqlCommand($"{Ledger}; select not exists (select from practice.views) and not exists (select from public.mt_events)", connection);
        if ((bool)(await fresh.ExecuteScalarAsync(ct))!)
        {
            await using var make = new NpgsqlCommand(string.Join("; ", views.SelectMany(v => (string[])[Create(v, Live), Index(v, Live)])), connection);
            await make.ExecuteNonQueryAsync(ct);
            await NoteAsync(connection, views, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Notes within the caller's transaction that the tables of these views are for their definitions.</summary>
    public static async Task NoteAsync(NpgsqlConnection connection, IReadOnlyList<IView> which, CancellationToken ct)
    {
        await using var note = new NpgsqlCommand(
            "insert into practice.views select * from unnest($1, $2) on conflict (name) do update set definition = excluded.definition", connection);
        AddDefinitions(note.Parameters, which);
        await note.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Locks the views' tables against a swap until the transaction ends.</summary>
    public static NpgsqlBatchCommand Lock(IReadOnlyList<IView> which) => new($"lock table {string.Join(", ", which.Select(v => $"{Live}.{v.Name}"))} in row exclusive mode");

    /// <summary>Asks, within a transaction that has locked the views' tables, which tables stand in the views' places, as one word that is another after a swap; and
    /// for a view that another release has changed, of which there is none as a rule. The answers stay true until the transaction ends.</summary>
    public static NpgsqlBatchCommand Standing(IReadOnlyList<IView> which)
    {
        var command = new NpgsqlBatchCommand("""
            select (select string_agg(to_regclass($3 || '.' || name)::oid::text, ' ' order by place) from unnest($1) with ordinality as v (name, place)),
                   (select v.name from practice.views v join unnest($1, $2) as own (name, definition) on own.name = v.name where own.definition <> v.definition limit 1)
            """);
        AddDefinitions(command.Parameters, which);
        command.Parameters.Add(new() { Value = Live });
        return command;
    }

    private static void AddDefinitions(NpgsqlParameterCollection parameters, IReadOnlyList<IView> which)
    {
        parameters.Add(new() { Value = which.Select(v => v.Name).ToArray() });
        parameters.Add(new() { Value = which.Select(v => v.Definition).ToArray() });
    }
}

/// <summary>Another release has changed a view that this one writes: it must not write its rows among the other's.</summary>
internal sealed class ViewChangedException(string view) : Exception($"Another release of practice has changed the view {view}. This one no longer writes the views; stop it.");
