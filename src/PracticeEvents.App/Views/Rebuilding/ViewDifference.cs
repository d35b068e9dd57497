using System.Data;
using System.Text.Json;
using Npgsql;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>What a rebuild changes in one table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Before">Rows of the live table.</param>
/// <param name="After">Rows of the new one.</param>
/// <param name="RowsAdded">Rows whose key is new.</param>
/// <param name="RowsGone">Rows whose key is gone.</param>
/// <param name="RowsChanged">Rows with the same key and other values.</param>
/// <param name="Examples">Some of each.</param>
internal sealed record ViewDifference(string Name, long Before, long After, long RowsAdded, long RowsGone, long RowsChanged, IReadOnlyList<RowDifference> Examples)
{
    /// <summary>How many rows of each kind of difference are enough to see what is wrong.</summary>
    public const int Few = 5;

    /// <summary>True when any row differs.</summary>
    public bool Changed => RowsAdded + RowsGone + RowsChanged > 0;

    /// <summary>Compares a live table with the one that was filled beside it, as both stand at one instant. Rows for which one has seen an event that the other
    /// has not are left out.</summary>
    /// <param name="source">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="position">The position up to which the new table was filled.</param>
    /// <param name="examples">How many rows to name of each kind of difference.</param>
    /// <param name="gently">True to have the database use one processor for it.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ViewDifference> OfAsync(NpgsqlDataSource source, RebuiltTable table, long position, int examples, bool gently, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var instant = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        if (gently)
        {
            await ShadowTables.RunAsync(connection, "set local max_parallel_workers_per_gather to 0", ct);
        }

        var seen = await ScalarAsync<long>(connection, $"select {table.SeenByBoth}", position, ct);
        var different = await IsSameAsync(connection, table, seen, ct) ? [] : await DifferentAsync(connection, table, seen, examples, ct);
        long Many(string kind) => different.FirstOrDefault(d => d.Kind == kind).Many;
        return new ViewDifference(
            table.Name, await CountAsync(connection, ViewTables.Live, table, ct), await CountAsync(connection, ShadowTables.Next, table, ct),
            Many("added"), Many("gone"), Many("changed"), [.. different.Select(d => d.Row)]);
    }

    private static Task<long> CountAsync(NpgsqlConnection connection, string schema, RebuiltTable table, CancellationToken ct) =>
        ScalarAsync<long>(connection, $"select count(*) from {schema}.{table.Name}", null, ct);

    // Most often nothing differs. To find that out takes no sorting and no joining: the same rows add up to the same.
    private static async Task<bool> IsSameAsync(NpgsqlConnection connection, RebuiltTable table, long seen, CancellationToken ct)
    {
        // The hash of a row is a sum over its columns: hashed once more, so that two rows that have exchanged a value do not add up to the same.
        string Sum(string schema) => $"(select row(count(*), sum(hashint8extended(hash_record_extended(t, 0), 0))) from {schema}.{table.Name} t where {table.Steady})";
        return await ScalarAsync<bool>(connection, $"select {Sum(ViewTables.Live)} is not distinct from {Sum(ShadowTables.Next)}", seen, ct);
    }

    private static async Task<IReadOnlyList<(string Kind, long Many, RowDifference Row)>> DifferentAsync(
        NpgsqlConnection connection, RebuiltTable table, long seen, int examples, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql(table), connection) { CommandTimeout = 0, Parameters = { new() { Value = seen }, new() { Value = examples } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(string, long, RowDifference)>();
        while (await reader.ReadAsync(ct))
        {
            found.Add((reader.GetString(0), reader.GetInt64(1), RowDifference.Of(reader.GetString(0), table.Key, Row(reader, 2), Row(reader, 3))));
        }

        return found;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, long? position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (position is { } value)
        {
            command.Parameters.AddWithValue(value);
        }

        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    // Rows with the same key are told apart by their number, so that a row which is there twice is found as well.
    // They are compared as they are stored, which is what the same code wrote.
    private static string Sql(RebuiltTable table)
    {
        var key = string.Join(", ", table.Key);
        return $"""
            with before as (select t, {key}, row_number() over (partition by {key}) as nth from {ViewTables.Live}.{table.Name} t where {table.Steady}),
                 after as (select t, {key}, row_number() over (partition by {key}) as nth from {ShadowTables.Next}.{table.Name} t where {table.Steady}),
                 different as (
                     select case when b.nth is null then 'added' when a.nth is null then 'gone' else 'changed' end as kind, b.t as b, a.t as a,
                            {string.Join(", ", table.Key.Select((k, i) => $"coalesce(a.{k}, b.{k}) as key{i}"))}
                     from before b full join after a on {string.Join(" and ", table.Key.Append("nth").Select(k => $"a.{k} = b.{k}"))}
                     where b.nth is null or a.nth is null or not b.t *= a.t),
                 placed as (
                     select kind, count(*) over (partition by kind) as many, b, a,
                            row_number() over (partition by kind order by {string.Join(", ", table.Key.Select((_, i) => $"key{i}"))}) as place
                     from different)
            select kind, many, to_json(b)::text, to_json(a)::text from placed where place <= $2 order by kind, place
            """;
    }

    private static JsonElement? Row(NpgsqlDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        using var document = JsonDocument.Parse(reader.GetString(column));
        return document.RootElement.Clone();
    }
}

/// <summary>A row that differs.</summary>
/// <param name="Kind"><c>added</c>, <c>gone</c> or <c>changed</c>.</param>
/// <param name="Key">The key, column by column.</param>
/// <param name="Columns">For a changed row, the columns that differ.</param>
internal sealed record RowDifference(string Kind, IReadOnlyDictionary<string, string> Key, IReadOnlyList<ColumnDifference> Columns)
{
    /// <summary>From the rows before and after, as JSON objects.</summary>
    public static RowDifference Of(string kind, IReadOnlyList<string> key, JsonElement? before, JsonElement? after)
    {
        var row = after ?? before!.Value;
        return new RowDifference(kind, key.ToDictionary(k => k, k => Text(row.GetProperty(k)) ?? ""), before is not { } old || after is not { } made ? [] :
        [
            .. from column in made.EnumerateObject()
               let was = old.GetProperty(column.Name)
               where was.GetRawText() != column.Value.GetRawText()
               select new ColumnDifference(column.Name, Text(was), Text(column.Value)),
        ]);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}

/// <summary>A column that differs.</summary>
/// <param name="Name">The column.</param>
/// <param name="Before">Its value before; nothing for none.</param>
/// <param name="After">Its value after.</param>
internal sealed record ColumnDifference(string Name, string? Before, string? After);
