using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views.Rebuilding;

namespace PracticeEvents.App.Views;

/// <summary>Puts the rows of some children in the place of those they had, in every view: a few with the other writes of a pass, many by copying.</summary>
internal static class LiveRows
{
    private const int Few = 60;

    /// <summary>What is left to write for the children. Where there are many rows they are copied at once, and nothing is left.</summary>
    /// <exception cref="ViewChangedException">Another release has put a table of another shape in a view's place. Nothing of the transaction may stay.</exception>
    public static async Task<IReadOnlyList<NpgsqlBatchCommand>> ReplaceAsync(
        NpgsqlConnection connection, IReadOnlyList<PassChild> children, IReadOnlyList<IView> views, CancellationToken ct)
    {
        if (children.Count == 0)
        {
            return [];
        }

        await DeleteAsync(connection, [.. children.Select(c => c.Child)], views, ct);
        var rows = views.Select((view, n) => (View: view, Rows: children.SelectMany(c => c.Rows[n]).ToList())).ToList();
        if (rows.Sum(r => r.Rows.Count) <= Few)
        {
            return [.. rows.SelectMany(r => r.Rows.Select(row => Insert(r.View, row)))];
        }

        foreach (var (view, its) in rows)
        {
            var copy = new TableCopy($"{ViewTables.Live}.{view.Name}", view.Columns.Select(c => (c.Name, c.SqlType)));
            await copy.WriteAsync(connection, its, ct);
        }

        return [];
    }

    // The deletes lock the tables, so that what the ledger says after them stays true until the transaction ends.
    private static async Task DeleteAsync(NpgsqlConnection connection, string[] children, IReadOnlyList<IView> views, CancellationToken ct)
    {
        var deletes = views.Select(view =>
            new NpgsqlBatchCommand($"delete from {ViewTables.Live}.{view.Name} where {view.Columns[0].Name} = any($1)") { Parameters = { new() { Value = children } } });
        await using var batch = Batches.Of(connection, [.. deletes, ViewTables.Changed(views)]);
        if (await batch.ExecuteScalarAsync(ct) is string changed)
        {
            throw new ViewChangedException(changed);
        }
    }

    private static NpgsqlBatchCommand Insert(IView view, object?[] row)
    {
        var command = new NpgsqlBatchCommand(
            $"insert into {ViewTables.Live}.{view.Name} ({string.Join(", ", view.Columns.Select(c => c.Name))}) values ({string.Join(", ", view.Columns.Select((_, n) => $"${n + 1}"))})");
        for (var i = 0; i < row.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = row[i] ?? DBNull.Value, DataTypeName = view.Columns[i].SqlType });
        }

        return command;
    }
}
