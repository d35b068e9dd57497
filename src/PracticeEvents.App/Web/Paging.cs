using System.Globalization;

namespace PracticeEvents.App.Web;

/// <summary>Which rows of a list to show: page <paramref name="Page"/> (from 1) of <paramref name="Size"/> rows, or all when null.</summary>
public readonly record struct Paging(int Page, int? Size)
{
    internal const string PageKey = "page";
    internal const string SizeKey = "rows";
    internal const string All = "all";
    internal static readonly IReadOnlyList<int> Sizes = [25, 50];

    /// <summary>Reads <c>page</c> and <c>rows</c> from an address. Anything it does not understand means the first 25 rows.</summary>
    public static Paging From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query[SizeKey] == All)
        {
            return new(1, null);
        }

        var size = int.TryParse(query[SizeKey], CultureInfo.InvariantCulture, out var asked) && Sizes.Contains(asked) ? asked : Sizes[0];
        var page = int.TryParse(query[PageKey], CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;
        return new(page, size);
    }

    /// <summary>Rows before this page.</summary>
    public int Skip => Size is { } size ? (int)Math.Min(int.MaxValue, (Page - 1L) * size) : 0;

    /// <summary>How many pages a number of rows fills; at least one.</summary>
    public int PagesOf(int total) => Size is { } size ? Math.Max(1, (total + size - 1) / size) : 1;
}
