using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.App.Views;
using Xunit;

namespace PracticeEvents.App.Tests.Views;

/// <summary>What is written for a child is what makes the rows that its tables have those that they should have, and no more.</summary>
public sealed class RowChangeTests
{
    private static readonly IView View = new MidPointsView();
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public void Any_rows_become_any_others()
    {
        Prop.ForAll(Arb.From(Rows), Arb.From(Rows), (before, after) => Same(after, Apply(before, Change(before, after)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_is_written_for_rows_that_are_as_they_were()
    {
        Prop.ForAll(Arb.From(Rows), rows => Change(rows, [.. rows.Select(Copy).Reverse()]) is { Whole: false, Outdated: [], Missing: [] }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Each_column_is_part_of_the_print()
    {
        var row = Row(1, 1);
        for (var column = 0; column < row.Length; column++)
        {
            var other = Copy(row);
            other[column] = other[column] is null ? "x" : null;

            Assert.NotEqual(Print(row), Print(other));
        }
    }

    [Fact]
    public void Nothing_is_unlike_any_number() =>
        Assert.All(Enumerable.Range(-1, 300), number => Assert.NotEqual(Print([.. Row(1, 1)[..^1], null]), Print([.. Row(1, 1)[..^1], number])));

    [Fact]
    public void Texts_that_only_look_alike_when_joined_are_told_apart() =>
        Assert.NotEqual(Print(["c1", "ab", "c", .. Row(1, 1)[3..]]), Print(["c1", "a", "bc", .. Row(1, 1)[3..]]));

    [Fact]
    public void A_row_that_has_gone_has_the_child_written_anew() =>
        Assert.True(Change([Row(1, 1), Row(2, 1)], [Row(1, 1)]) is { Whole: true, Missing.Count: 1 });

    [Fact]
    public void What_is_not_known_is_written_whole() =>
        Assert.True(RowChange.Between(null, [Row(1, 1)], RowPrint.Of(View, [Row(1, 1)])) is { Whole: true, Missing.Count: 1 });

    private static Gen<IReadOnlyList<object?[]>> Rows =>
        from numbers in Gen.ListOf(Gen.Choose(0, 30))
        from states in Gen.ArrayOf(Gen.Choose(0, 3), 31)
        select (IReadOnlyList<object?[]>)[.. numbers.Distinct().Select(n => Row(n, states[n]))];

    private static RowChange Change(IReadOnlyList<object?[]> before, IReadOnlyList<object?[]> after) =>
        RowChange.Between(RowPrint.Of(View, before), after, RowPrint.Of(View, after));

    private static List<object?[]> Apply(IReadOnlyList<object?[]> before, RowChange change)
    {
        var outdated = change.Outdated.Select(Key).ToHashSet();
        return [.. before.Where(row => !change.Whole && !outdated.Contains(Key(row))), .. change.Missing];
    }

    private static bool Same(IReadOnlyList<object?[]> expected, List<object?[]> found) =>
        expected.Select(Text).Order(StringComparer.Ordinal).SequenceEqual(found.Select(Text).Order(StringComparer.Ordinal));

    // One of some rows of a child, in one of some states.
    private static object?[] Row(int number, int state) =>
        [
            .. View.Columns.Select((column, n) =>
                View.KeyAt.Contains(n) ? Value(column.SqlType, column.Name == "child" ? 0 : number)
                : state == 3 ? null
                : Value(column.SqlType, (n * 7) + state)),
        ];

    private static object Value(string type, int number) => type switch
    {
        "text" => $"text {number}",
        "uuid" => new Guid(number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        "date" => Monday.AddDays(number),
        "timestamptz" => new DateTimeOffset(Monday, new TimeOnly(9, 0), TimeSpan.Zero).AddMinutes(number),
        "integer" => number,
        "boolean" => number % 2 == 0,
        "text[]" => Enumerable.Range(0, number % 4).Select(n => $"word {n}").ToArray(),
        _ => throw new NotSupportedException(type),
    };

    private static object?[] Copy(object?[] row) => [.. row.Select(value => value is string text ? new string(text.AsSpan()) : value)];

    private static string Key(object?[] row) => string.Join('|', View.KeyAt.Select(n => row[n]));

    private static string Text(object?[] row) => string.Join('|', row.Select(value => value is string[] words ? string.Join(',', words) : value));

    private static RowPrint Print(object?[] row) => RowPrint.Of(View, [row])[0];
}
