using Npgsql;
using PracticeEvents.App.Process;

namespace PracticeEvents.App.Views;

/// <summary>Puts the rows of some children in the place of those they had, in every view: a few with the other writes of a pass, many by copying.</summary>
internal static class LiveRows
{
    private const int Few = 60;

    /// <summary>What to write for the children. Where there are many rows they are copied at once, and nothing is left to write.</summary>
    public static async Task<IReadOnlyList<NpgsqlBatchCommand>> ReplaceAsync(
        NpgsqlConnection connection, IReadOnlyList<ChildPicture> children, IReadOnlyList<IView> views, CancellationToken ct)
    {
        if (children.Count == 0)
        {
            return [];
        }

        var refs = children.Select(c => c.Child).ToArray();
        var rows = views.Select(view => (View: view, Rows: children.SelectMany(view.Values).ToList())).ToList();
        var deletes = views.Select(view => new NpgsqlBatchCommand($"delete from practice.{view.Name} where {view.Columns[0].Name} = any($1)") { Parameters = { new() { Value = refs } } });
        if (rows.Sum(r => r.Rows.Count) <= Few)
        {
            return [.. deletes, .. rows.SelectMany(r => r.Rows.Select(row => Insert(r.View, row)))];
        }

        await Batches.WriteAsync(connection, deletes, ct);
        foreach (var (view, its) in rows.Where(r => r.Rows.Count > 0))
        {
            await ViewTables.CopyAsync(connection, view, its, ct);
        }

        return [];
    }

    private static NpgsqlBatchCommand Insert(IView view, object?[] row)
    {
        var command = new NpgsqlBatchCommand(
            $"insert into practice.{view.Name} ({string.Join(", ", view.Columns.Select(c => c.Name))}) values ({string.Join(", ", view.Columns.Select((_, n) => $"${n + 1}"))})");
        for (var i = 0; i < row.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = row[i] ?? DBNull.Value, DataTypeName = view.Columns[i].SqlType });
        }

        return command;
    }
}
