namespace PracticeEvents.App.Views;

/// <summary>Some rows of a view, told twice: to the database, so that nobody reads ten thousand rows to show ten, and of a row as it was at an earlier instant.</summary>
/// <typeparam name="TRow">The view's row.</typeparam>
/// <param name="Sql">A condition on the view's columns. What stands in braces is a value, or another condition. True of every row that is wanted; it may be true of others.</param>
/// <param name="Holds">True of exactly the rows that are wanted: it has the last word.</param>
internal sealed record Part<TRow>(FormattableString Sql, Func<TRow, bool> Holds)
{
    /// <summary>Every row.</summary>
    public static readonly Part<TRow> Whole = new($"true", _ => true);

    /// <summary>Those rows of it that are also in another part.</summary>
    public Part<TRow> And(Part<TRow> other) => new($"({Sql}) and ({other.Sql})", row => Holds(row) && other.Holds(row));
}
