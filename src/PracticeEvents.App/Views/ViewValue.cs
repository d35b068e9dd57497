using System.Collections.Frozen;
using System.Data.Common;
using System.Reflection;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Views;

/// <summary>What a table keeps of a row: words for members of closed lists, instants in UTC, everything else as it is.
/// How a property is read is worked out once, because it is read for every row of every child.</summary>
internal static class ViewValue
{
    /// <summary>Reads a property of a row as its column keeps it.</summary>
    public static Func<TRow, object?> Stored<TRow>(PropertyInfo property) =>
        (Func<TRow, object?>)typeof(ViewValue).GetMethod(nameof(Reading), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(typeof(TRow), property.PropertyType).Invoke(null, [property])!;

    /// <summary>Reads a column as a property of this type takes it, where the column is not empty.</summary>
    public static Func<DbDataReader, int, object?> Given(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum)
        {
            var values = Enum.GetNames(bare).Select(name => Enum.Parse(bare, name)).ToFrozenDictionary(value => EventName.Word(value.ToString()!), StringComparer.Ordinal);
            return (reader, i) => values[reader.GetString(i)];
        }

        return bare == typeof(string) ? (reader, i) => reader.GetString(i)
            : bare == typeof(string[]) ? (reader, i) => reader.GetFieldValue<string[]>(i)
            : bare == typeof(DateOnly) ? (reader, i) => reader.GetFieldValue<DateOnly>(i)
            : bare == typeof(DateTimeOffset) ? (reader, i) => reader.GetFieldValue<DateTimeOffset>(i)
            : (reader, i) => reader.GetValue(i);
    }

    private static Func<TRow, object?> Reading<TRow, TValue>(PropertyInfo property)
    {
        var read = property.GetMethod!.CreateDelegate<Func<TRow, TValue>>();
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        if (type.IsEnum)
        {
            var words = Enum.GetNames(type).ToDictionary(name => Enum.Parse(type, name), EventName.Word);
            return row => read(row) is { } value ? words[value] : null;
        }

        return type == typeof(DateTimeOffset)
            ? row => read(row) is DateTimeOffset instant ? instant.ToUniversalTime() : null
            : row => read(row);
    }
}
