namespace PracticeEvents.App.Views;

/// <summary>The rows of a child as this node last committed them.</summary>
/// <param name="Prints">Their fingerprints, for each view in the order of the views.</param>
/// <param name="Tables">The tables that they were written to, as <see cref="ViewTables.Standing"/> names them: a rebuild puts others in their place.</param>
internal sealed record WrittenRows(IReadOnlyList<RowPrint[]> Prints, string Tables);

/// <summary>What makes the rows that a view's table has of a child the ones that it should have.</summary>
/// <param name="Whole">True when all that it has is to go first.</param>
/// <param name="Outdated">Rows in the place of each of which it has another with the same key, which is to go.</param>
/// <param name="Missing">The rows to add then.</param>
internal sealed record RowChange(bool Whole, IReadOnlyList<object?[]> Outdated, IReadOnlyList<object?[]> Missing)
{
    /// <summary>Everything stays.</summary>
    public static RowChange None { get; } = new(false, [], []);

    /// <summary>Everything anew.</summary>
    public static RowChange All(IReadOnlyList<object?[]> rows) => new(true, [], rows);

    /// <summary>The change from rows that had some fingerprints to others.</summary>
    /// <param name="before">Fingerprints of the rows that the table has; nothing when they are not known.</param>
    /// <param name="rows">The rows that it should have.</param>
    /// <param name="prints">Their fingerprints, in the same order.</param>
    public static RowChange Between(IReadOnlyList<RowPrint>? before, IReadOnlyList<object?[]> rows, IReadOnlyList<RowPrint> prints)
    {
        var had = new Dictionary<ulong, ulong>(before?.Count ?? 0);
        if (before is null || !before.All(print => had.TryAdd(print.Key, print.Row)))
        {
            return All(rows);
        }

        var (outdated, missing) = (new List<object?[]>(), new List<object?[]>());
        for (var i = 0; i < rows.Count; i++)
        {
            var known = had.Remove(prints[i].Key, out var row);
            if (known && row == prints[i].Row)
            {
                continue;
            }

            missing.Add(rows[i]);
            if (known)
            {
                outdated.Add(rows[i]);
            }
        }

        // A row has gone that nothing takes the place of: its key is not known, only its print.
        return had.Count > 0 ? All(rows) : new(false, outdated, missing);
    }
}
