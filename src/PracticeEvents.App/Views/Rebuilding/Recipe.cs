using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>A table that is filled beside the live one of the same name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Name and type of each column.</param>
/// <param name="Key">The columns that tell one row from another.</param>
/// <param name="Create">Makes the bare table in a schema.</param>
/// <param name="Index">Makes its indexes in a schema, once it is filled.</param>
internal sealed record RebuiltTable(
    string Name, IReadOnlyList<(string Name, string SqlType)> Columns, IReadOnlyList<string> Key, Func<string, string> Create, Func<string, string> Index)
{
    /// <summary>The column by which the rows of one stream are found, and its values for the events of a stream.</summary>
    public required (string Column, string SqlType, Func<IReadOnlyList<StoredEvent>, IEnumerable<object>> Of) Owner { get; init; }

    /// <summary>SQL of the position up to which both tables have seen every event, when the new one was filled up to $1.</summary>
    public string SeenByBoth { get; init; } = "$1::bigint";

    /// <summary>SQL that holds for a row, called t, on which both tables should agree, because no event after the position seen by both ($1) is about it.</summary>
    public required string Steady { get; init; }

    /// <summary>Writes into the table of a schema.</summary>
    public TableCopy CopyInto(string schema) => new($"{schema}.{Name}", Columns);
}

/// <summary>What a rebuild makes of which events.</summary>
internal interface IRecipe
{
    /// <summary>The events.</summary>
    Selection Events { get; }

    /// <summary>The tables.</summary>
    IReadOnlyList<RebuiltTable> Tables { get; }

    /// <summary>The table lock that keeps everybody from changing the live tables, and nobody from reading them.</summary>
    string WriteLock { get; }

    /// <summary>The rows of each table, in the order of <see cref="Tables"/>, that follow from one stream. Pure.</summary>
    IReadOnlyList<IEnumerable<object?[]>> Rows(IReadOnlyList<StoredEvent> stream);

    /// <summary>Notes within the transaction of the swap that the new tables are in use.</summary>
    Task SwappedAsync(NpgsqlConnection connection, CancellationToken ct);
}
