using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Writes rows into a table by binary <c>copy</c>.</summary>
internal sealed class TableCopy
{
    private readonly string into;
    private readonly Action<CopyWriter, object>[] writers;

    /// <summary>Into a table with these columns.</summary>
    /// <param name="table">Its name, with its schema.</param>
    /// <param name="columns">Name and type of each column, in the order of the rows' values.</param>
    public TableCopy(string table, IEnumerable<(string Name, string SqlType)> columns)
    {
        var all = columns.ToList();
        into = $"{table} ({string.Join(", ", all.Select(c => c.Name))})";
        writers = [.. all.Select(c => Writer(c.SqlType))];
    }

    /// <summary>Writes the rows, within the caller's transaction if there is one.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, IReadOnlyCollection<object?[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var copy = await CopyWriter.BeginAsync(connection, into, ct);
        foreach (var row in rows)
        {
            Write(copy, row);
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }

    private void Write(CopyWriter copy, object?[] row)
    {
        copy.Row(row.Length);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is { } value)
            {
                writers[i](copy, value);
            }
            else
            {
                copy.Null();
            }
        }
    }

    private static Action<CopyWriter, object> Writer(string sqlType) => sqlType switch
    {
        "text" => static (copy, value) => copy.Text((string)value),
        "date" => static (copy, value) => copy.Date((DateOnly)value),
        "timestamptz" => static (copy, value) => copy.Instant((DateTimeOffset)value),
        "uuid" => static (copy, value) => copy.Id((Guid)value),
        "integer" => static (copy, value) => copy.Integer((int)value),
        "bigint" => static (copy, value) => copy.Bigint((long)value),
        "boolean" => static (copy, value) => copy.Boolean((bool)value),
        "text[]" => static (copy, value) => copy.Texts((string[])value),
        "jsonb" => static (copy, value) => copy.Json((string)value),
        _ => throw new NotSupportedException($"A view cannot keep {sqlType}."),
    };
}
