using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Reviews;

/// <summary>One week of the calendar list.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Reviews">Reviews due in it.</param>
/// <param name="Checks">Half-way checks that fall in it and are not done.</param>
/// <param name="Holidays">Bank holidays in it, by date.</param>
/// <param name="WorkingDays">Days on which a review can be held.</param>
internal sealed record ReviewWeek(DateOnly Monday, int Reviews, int Checks, IReadOnlyList<KeyValuePair<DateOnly, string>> Holidays, int WorkingDays)
{
    /// <summary>How many weeks are shown.</summary>
    public const int Ahead = 12;

    /// <summary>This week and those after it.</summary>
    public static IReadOnlyList<ReviewWeek> Next(IReadOnlyList<ReviewRow> rows, WorkingDays calendar, DateOnly today)
    {
        var first = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return [.. Enumerable.Range(0, Ahead).Select(n => Of(first.AddDays(7 * n), rows, calendar))];
    }

    private static ReviewWeek Of(DateOnly monday, IReadOnlyList<ReviewRow> rows, WorkingDays calendar)
    {
        var days = Enumerable.Range(0, 7).Select(monday.AddDays).ToList();
        return new ReviewWeek(
            monday,
            rows.Count(r => r.NextDue is { } due && days.Contains(due)),
            rows.Count(r => r.CheckedOn is null && r.HalfWay is { } half && days.Contains(half)),
            [.. days.Where(calendar.Holidays.ContainsKey).Select(d => KeyValuePair.Create(d, calendar.Holidays[d]))],
            days.Count(calendar.IsWorkingDay));
    }
}
