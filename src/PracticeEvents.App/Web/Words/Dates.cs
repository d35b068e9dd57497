using System.Globalization;
using PracticeEvents.Domain;

namespace PracticeEvents.App.Web.Words;

/// <summary>Dates as people read them: the date itself always, relative words only after it.</summary>
internal static class Dates
{

    /// <summary>"Thursday 24 September 2026".</summary>
    public static string Long(DateOnly date) => date.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"24 Sep 2026". Three letters always: the culture itself would print "Sept".</summary>
    public static string Short(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {date.ToString("MMM", CultureInfo.InvariantCulture)} {date.Year:0000}");

    /// <summary>"Thursday 19 November 2026 at 6:02pm", on London's clocks.</summary>
    public static string At(DateTimeOffset instant) => $"{Long(London.DateOf(instant))} at {Time(instant)}";

    /// <summary>"6:02pm", on London's clocks.</summary>
    public static string Time(DateTimeOffset instant) =>
        London.TimeOf(instant).ToString("h:mmtt", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>"2026-09-24", for machines.</summary>
    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"today", "tomorrow", "yesterday", "in 4 days", "4 days ago".</summary>
    public static string Relative(DateOnly date, DateOnly today) => (date.DayNumber - today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        > 1 and var ahead => $"in {Counts.Of(ahead, "day")}",
        var ago => $"{Counts.Of(-ago, "day")} ago",
    };

    /// <summary>"in 4 working days", "today": what follows "Due soon". The count is the calendar's, not worked out here.</summary>
    public static string InWorkingDays(int left) => left == 0 ? "today" : $"in {Counts.Of(left, "working day")}";

    /// <summary>"by 3 working days": what follows "Overdue". Less than a working day late reads "since the last working day".</summary>
    public static string ByWorkingDays(int late) => late == 0 ? "since the last working day" : $"by {Counts.Of(late, "working day")}";
}
