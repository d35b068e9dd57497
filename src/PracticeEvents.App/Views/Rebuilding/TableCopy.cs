using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Writes rows into a table by binary <c>copy</c>.</summary>
internal sealed class TableCopy
{
    private readonly string table;
    private readonly string columns;
    private readonly Action<NpgsqlBinaryImporter, object>[] writers;

    /// <summary>Into a table with these columns.</summary>
    /// <param name="table">Its name, with its schema.</param>
    /// <param name="columns">Name and type of each column, in the order of the rows' values.</param>
    public TableCopy(string table, IEnumerable<(string Name, string SqlType)> columns)
    {
        var all = columns.ToList();
        this.table = table;
        this.columns = string.Join(", ", all.Select(c => c.Name));
        writers = [.. all.Select(c => Writer(c.SqlType))];
    }

    /// <summary>Writes the rows, within the caller's transaction if there is one.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, IReadOnlyCollection<object?[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                {
                    writers[i](copy, value);
                }
                else
                {
                    copy.WriteNull();
                }
            }
        }

        await copy.CompleteAsync(ct);
    }

    // Known once for each column: finding out the type of every value takes longer than writing it.
    private static Action<NpgsqlBinaryImporter, object> Writer(string sqlType) => sqlType switch
    {
        "text" => static (copy, value) => copy.Write((string)value, NpgsqlDbType.Text),
        "date" => static (copy, value) => copy.Write((DateOnly)value, NpgsqlDbType.Date),
        "timestamptz" => static (copy, value) => copy.Write((DateTimeOffset)value, NpgsqlDbType.TimestampTz),
        "uuid" => static (copy, value) => copy.Write((Guid)value, NpgsqlDbType.Uuid),
        "integer" => static (copy, value) => copy.Write((int)value, NpgsqlDbType.Integer),
        "bigint" => static (copy, value) => copy.Write((long)value, NpgsqlDbType.Bigint),
        "boolean" => static (copy, value) => copy.Write((bool)value, NpgsqlDbType.Boolean),
        "text[]" => static (copy, value) => copy.Write((string[])value, NpgsqlDbType.Array | NpgsqlDbType.Text),
        "jsonb" => static (copy, value) => copy.Write((string)value, NpgsqlDbType.Jsonb),
        _ => throw new NotSupportedException($"A view cannot keep {sqlType}."),
    };
}
