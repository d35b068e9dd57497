using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views.Rebuilding;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views;

/// <summary>Brings the rows of some children up to date in every view. Where it is known what a table has, only what differs is written: a child's record has hundreds of rows,
/// of which one more event changes a handful. A few rows go with the other writes of a pass, many by copying.</summary>
internal static class LiveRows
{
    private const int Few = 60;

    /// <summary>Writes the rows and whatever else is to be written, and asks something at the end.</summary>
    /// <returns>What the tables have of each child once that is committed, and what was answered.</returns>
    /// <exception cref="ViewChangedException">Another release has put a table of another shape in a view's place. Nothing of the transaction may stay.</exception>
    public static async Task<(IReadOnlyDictionary<string, WrittenRows> Written, T? Answer)> WriteAsync<T>(
        NpgsqlConnection connection, IReadOnlyList<PassChild> children, IReadOnlyList<IView> views, IReadOnlyList<NpgsqlBatchCommand> others, Query<T>? last,
        CancellationToken ct)
    {
        if (children.Count == 0)
        {
            return (new Dictionary<string, WrittenRows>(), await Batches.WriteAsync(connection, others, last, ct));
        }

        // Of children of whom nothing was written before, nothing can turn out to be otherwise: all goes in one round trip.
        var (isKnown, rows) = (children.Any(c => c.History?.Written is not null), Missing([.. children.Select(c => c.Changes)], views));
        var isTogether = !isKnown && rows.Sum(r => r.Rows.Count) <= Few;
        var (changes, tables, answer) = await DeleteAsync(connection, children, views, isTogether ? [.. Inserts(rows), .. others] : [], isTogether ? last : null, ct);
        var written = children.Where(c => c.Stopped is null).ToDictionary(c => c.Child, c => new WrittenRows(c.Prints, tables), StringComparer.Ordinal);
        if (isTogether)
        {
            return (written, answer);
        }

        rows = Missing(changes, views);
        if (rows.Sum(r => r.Rows.Count) <= Few)
        {
            return (written, await Batches.WriteAsync(connection, [.. Inserts(rows), .. others], last, ct));
        }

        foreach (var (view, its) in rows)
        {
            var copy = new TableCopy($"{ViewTables.Live}.{view.Name}", view.Columns.Select(c => (c.Name, c.SqlType)));
            await copy.WriteAsync(connection, its, ct);
        }

        return (written, await Batches.WriteAsync(connection, others, last, ct));
    }

    private static List<(IView View, List<object?[]> Rows)> Missing(IReadOnlyList<IReadOnlyList<RowChange>> changes, IReadOnlyList<IView> views) =>
        [.. views.Select((view, n) => (View: view, Rows: changes.SelectMany(its => its[n].Missing).ToList()))];

    private static IEnumerable<NpgsqlBatchCommand> Inserts(List<(IView View, List<object?[]> Rows)> rows) => rows.SelectMany(r => r.Rows.Select(row => Insert(r.View, row)));

    // Deletes what is to go, writes others after it, and answers what changes then for each child, view by view. The tables are locked first, so that
    // what is heard of them stays true until the transaction ends.
    private static async Task<(IReadOnlyList<IReadOnlyList<RowChange>> Changes, string Tables, T? Answer)> DeleteAsync<T>(
        NpgsqlConnection connection, IReadOnlyList<PassChild> children, IReadOnlyList<IView> views, IReadOnlyList<NpgsqlBatchCommand> others, Query<T>? last,
        CancellationToken ct)
    {
        var changes = children.Select(c => c.Changes).ToList();
        var outdated = views.Select((view, n) => (View: view, Rows: changes.SelectMany(its => its[n].Outdated).ToList())).Where(v => v.Rows.Count > 0).ToList();
        var deletes = outdated.Select(v => Delete(v.View, v.Rows)).ToList();
        var whole = views.Select((view, n) => (View: view, Children: children.Where((_, c) => changes[c][n].Whole).Select(c => c.Child).ToArray()))
            .Where(v => v.Children.Length > 0).ToList();
        var (tables, changed, answer) = ("", (string?)null, default(T));
        try
        {
            await using var batch = Batches.Of(
                connection,
                [
                    ViewTables.Lock(views),
                    ViewTables.Standing(views),
                    .. deletes,
                    .. Delete(whole),
                    .. others,
                    .. last is null ? (NpgsqlBatchCommand[])[] : [last.Command],
                ]);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            (tables, changed) = (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
            if (await reader.NextResultAsync(ct) && last is not null)
            {
                answer = await last.Read(reader, ct);
            }
        }
        catch (PostgresException) when (changed is not null)
        {
            // Rows of this release may not fit a table of another: that it is another is what is wrong.
        }

        if (changed is not null)
        {
            throw new ViewChangedException(changed);
        }

        // The tables of whoever rebuilt them may have other rows than those that were written here, and so may tables that somebody changed by hand.
        var hit = outdated.Zip(deletes).All(d => d.First.Rows.Count == (int)d.Second.RecordsAffected);
        var unsure = children.Select(c => c.History?.Written is { } before && (!hit || before.Tables != tables)).ToList();
        if (unsure.Contains(true))
        {
            var all = children.Where((_, c) => unsure[c]).Select(c => c.Child).ToArray();
            await Batches.WriteAsync(connection, views.Select(view => Delete(view, all)), ct);
        }

        return ([.. children.Select((c, n) => unsure[n] ? [.. c.Rows.Select(RowChange.All)] : c.Changes)], tables, answer);
    }

    // All rows of some children, in one statement where they are the same children in every view.
    private static IEnumerable<NpgsqlBatchCommand> Delete(List<(IView View, string[] Children)> whole) =>
        whole.Count < 2 || whole.Exists(v => !v.Children.SequenceEqual(whole[0].Children)) ? whole.Select(v => Delete(v.View, v.Children))
        :
        [
            new($"with {string.Join(", ", whole.SkipLast(1).Select((v, n) => $"gone{n} as ({DeleteText(v.View)})"))} {DeleteText(whole[^1].View)}")
            {
                Parameters = { new() { Value = whole[0].Children } },
            },
        ];

    private static NpgsqlBatchCommand Delete(IView view, string[] children) => new(DeleteText(view)) { Parameters = { new() { Value = children } } };

    private static string DeleteText(IView view) => $"delete from {ViewTables.Live}.{view.Name} where {view.Columns[0].Name} = any(array(select unnest($1)))";

    private static NpgsqlBatchCommand Delete(IView view, List<object?[]> rows)
    {
        var command = new NpgsqlBatchCommand(
            $"delete from {ViewTables.Live}.{view.Name} v using unnest({string.Join(", ", view.Key.Select((_, n) => $"${n + 1}"))}) as k ({string.Join(", ", view.Key)}) "
            + $"where {string.Join(" and ", view.Key.Select(name => $"v.{name} = k.{name}"))}");
        foreach (var column in view.KeyAt)
        {
            var values = rows.Select(row => row[column]);
            command.Parameters.Add(new NpgsqlParameter { Value = view.Columns[column].SqlType is "uuid" ? values.Cast<Guid>().ToArray() : values.Cast<string>().ToArray() });
        }

        return command;
    }

    private static NpgsqlBatchCommand Insert(IView view, object?[] row)
    {
        var command = new NpgsqlBatchCommand(
            $"insert into {ViewTables.Live}.{view.Name} ({string.Join(", ", view.Columns.Select(c => c.Name))}) "
            + $"values ({string.Join(", ", view.Columns.Select((_, n) => $"${n + 1}"))})");
        for (var i = 0; i < row.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = row[i] ?? DBNull.Value, DataTypeName = view.Columns[i].SqlType });
        }

        return command;
    }
}
