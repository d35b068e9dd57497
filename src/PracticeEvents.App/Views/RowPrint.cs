using System.Runtime.InteropServices;

namespace PracticeEvents.App.Views;

/// <summary>Fingerprints of a row, by which it is told whether the table has it as it is. They are compared in this process only and never stored.</summary>
/// <param name="Key">Of the columns that tell one row of the view from another.</param>
/// <param name="Row">Of all columns.</param>
internal readonly record struct RowPrint(ulong Key, ulong Row)
{
    /// <summary>The prints of some rows of a view, in their order.</summary>
    public static RowPrint[] Of(IView view, IReadOnlyList<object?[]> rows) => [.. rows.Select(row => new RowPrint(Print(row, view.KeyAt), Print(row, view.ColumnsAt)))];

    // Unlike any number that a view keeps.
    private const ulong Nothing = 0xD1B54A32D192ED03UL;

    private static ulong Print(object?[] row, IReadOnlyList<int> columns)
    {
        var print = 0x9E3779B97F4A7C15UL;
        foreach (var column in columns)
        {
            print = row[column] switch
            {
                null => Mix(print, Nothing),
                string text => Mix(print, text),
                string[] texts => texts.Aggregate(Mix(print, (ulong)texts.Length), Mix),
                Guid guid => Mix(
                    Mix(print, MemoryMarshal.Cast<Guid, ulong>(new ReadOnlySpan<Guid>(in guid))[0]),
                    MemoryMarshal.Cast<Guid, ulong>(new ReadOnlySpan<Guid>(in guid))[1]),
                DateOnly date => Mix(print, (ulong)date.DayNumber),
                DateTimeOffset instant => Mix(print, (ulong)instant.UtcTicks),
                int number => Mix(print, (ulong)number),
                bool yes => Mix(print, yes ? 3UL : 2UL),
                { } other => throw new NotSupportedException($"A view cannot keep a {other.GetType().Name}."),
            };
        }

        return print;
    }

    private static ulong Mix(ulong print, string text)
    {
        print = Mix(print, (ulong)text.Length);
        var rest = MemoryMarshal.AsBytes(text.AsSpan());
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(rest))
        {
            print = Mix(print, eight);
        }

        for (var i = rest.Length & ~7; i < rest.Length; i++)
        {
            print = Mix(print, rest[i]);
        }

        return print;
    }

    // Multiplied to 128 bits and folded: each bit of either side moves half of the result's. The constants keep a zero from wiping out what came before.
    private static ulong Mix(ulong print, ulong value)
    {
        var high = Math.BigMul(print ^ 0xA0761D6478BD642FUL, value ^ 0xE7037ED1A0B428DBUL, out var low);
        return high ^ low ^ print;
    }
}
