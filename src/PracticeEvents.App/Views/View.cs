using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PracticeEvents.App.Process;

namespace PracticeEvents.App.Views;

/// <summary>A live view: for each child some rows, a pure function of what is known of the child. One file per view; found by scanning.
/// Because the rows are worked out anew from the whole history, corrections and late facts need no code of their own, and "as at" is the same function on less.</summary>
internal interface IView
{
    /// <summary>Table name in the schema <c>practice</c>.</summary>
    string Name { get; }

    /// <summary>Columns, the first of which is the child.</summary>
    IReadOnlyList<Column> Columns { get; }

    /// <summary>The columns that tell one row from another, the first of which is the child.</summary>
    IReadOnlyList<string> Key { get; }

    /// <summary>Places of the key's columns.</summary>
    IReadOnlyList<int> KeyAt { get; }

    /// <summary>Places of all columns.</summary>
    IReadOnlyList<int> ColumnsAt { get; }

    /// <summary>What its rows are found by, the child first.</summary>
    IReadOnlyList<ViewIndex> Indexes { get; }

    /// <summary>Fingerprint of the definition: when it changes the view is filled anew.</summary>
    string Definition { get; }

    /// <summary>The child's rows, as values in column order.</summary>
    IEnumerable<object?[]> Values(ChildPicture child);
}

/// <summary>A column, from a property of the row record.</summary>
internal sealed record Column(string Name, string SqlType, PropertyInfo Property);

/// <summary>An index of a view's table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="On">The columns in brackets, and the rows that it holds if not all.</param>
internal sealed record ViewIndex(string Name, string On);

/// <summary>A view whose rows are a record. The record's properties are the table's columns.</summary>
internal abstract class View<TRow> : IView
    where TRow : class
{
    private static readonly ConstructorInfo Constructor = typeof(TRow).GetConstructors().Single(c => c.GetParameters().Length > 1);
    private static readonly ConstructorInvoker Make = ConstructorInvoker.Create(Constructor);
    private static readonly PropertyInfo[] Properties = [.. Constructor.GetParameters().Select(p => typeof(TRow).GetProperty(p.Name!)!)];
    private static readonly Func<TRow, object?>[] Stored = [.. Properties.Select(ViewValue.Stored<TRow>)];
    private static readonly Func<DbDataReader, int, object?>[] Given = [.. Properties.Select(p => ViewValue.Given(p.PropertyType))];

    public abstract string Name { get; }

    /// <summary>The child alone, where a child has one row at most.</summary>
    public virtual IReadOnlyList<string> Key => [Columns[0].Name];

    /// <summary>Raise it when <see cref="Rows"/> gives other rows for the same history, so that the view is filled anew.</summary>
    protected virtual int Version => 1;

    public IReadOnlyList<Column> Columns { get; } = [.. Properties.Select(Column)];

    public IReadOnlyList<int> KeyAt => field ??= [.. Key.Select(name => Columns.Index().Single(c => c.Item.Name == name).Index)];

    public IReadOnlyList<int> ColumnsAt { get; } = [.. Enumerable.Range(0, Properties.Length)];

    public IReadOnlyList<ViewIndex> Indexes => [new($"{Name}_{Columns[0].Name}", $"({Columns[0].Name})"), .. FoundBy];

    /// <summary>What its rows are found by beside the child.</summary>
    protected virtual IReadOnlyList<ViewIndex> FoundBy => [];

    public string Definition => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Version}:{string.Join(',', Columns.Select(c => $"{c.Name} {c.SqlType}"))}:{string.Join(',', Indexes.Select(i => i.On))}")))[..16];

    /// <summary>The child's rows.</summary>
    public abstract IEnumerable<TRow> Rows(ChildPicture child);

    public IEnumerable<object?[]> Values(ChildPicture child) => Rows(child).Select(row => Array.ConvertAll(Stored, value => value(row)));

    /// <summary>The row that a reader of its columns is at.</summary>
    public static TRow Read(DbDataReader reader)
    {
        var values = new object?[Given.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.IsDBNull(i) ? null : Given[i](reader, i);
        }

        return (TRow)Make.Invoke(values.AsSpan());
    }

    private static Column Column(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var sql = type == typeof(string) || type.IsEnum ? "text"
            : type == typeof(DateOnly) ? "date"
            : type == typeof(DateTimeOffset) ? "timestamptz"
            : type == typeof(Guid) ? "uuid"
            : type == typeof(int) ? "integer"
            : type == typeof(bool) ? "boolean"
            : type == typeof(string[]) ? "text[]"
            : throw new NotSupportedException($"A view cannot keep a {type.Name}.");
        return new Column(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), sql, property);
    }
}
