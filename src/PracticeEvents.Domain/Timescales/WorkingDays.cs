using System.Collections.Frozen;

namespace PracticeEvents.Domain.Timescales;

/// <summary>The calendar of working days: every day that is not a Saturday, a Sunday or a listed holiday.
/// The holidays are data, because two of the last fifteen years had one that nobody could have computed.</summary>
public sealed class WorkingDays
{
    private readonly FrozenDictionary<DateOnly, string> holidays;

    /// <summary>A calendar of the holidays given, by London date, each with its name.</summary>
    public WorkingDays(string edition, IReadOnlyDictionary<DateOnly, string> holidays)
    {
        Edition = edition;
        this.holidays = holidays.ToFrozenDictionary();
        LastKnown = this.holidays.Count == 0 ? DateOnly.MinValue : new DateOnly(this.holidays.Keys.Max().Year, 12, 31);
    }

    /// <summary>Name of this edition of the calendar.</summary>
    public string Edition { get; }

    /// <summary>The last day for which the holidays are known. Dates worked out beyond it may move when the calendar is extended.</summary>
    public DateOnly LastKnown { get; }

    /// <summary>All the holidays with their names.</summary>
    public IReadOnlyDictionary<DateOnly, string> Holidays => holidays;

    /// <summary>True on a working day.</summary>
    public bool IsWorkingDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.ContainsKey(date);

    /// <summary>Why a date is not a working day, such as "Easter Monday" or "Saturday"; nothing when it is one.</summary>
    public string? WhyNot(DateOnly date) => holidays.TryGetValue(date, out var name) ? name
        : date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? date.DayOfWeek.ToString() : null;

    /// <summary>The nth working day after a date (before it, when negative). The date itself is day 0, working day or not.</summary>
    public DateOnly Add(DateOnly date, int workingDays)
    {
        var step = Math.Sign(workingDays);
        for (var left = Math.Abs(workingDays); left > 0;)
        {
            date = date.AddDays(step);
            if (IsWorkingDay(date))
            {
                left--;
            }
        }

        return date;
    }

    /// <summary>The date itself when it is a working day, otherwise the last one before it.</summary>
    public DateOnly OnOrBefore(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    /// <summary>The date itself when it is a working day, otherwise the next one.</summary>
    public DateOnly OnOrAfter(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when it lies before.</summary>
    public int Between(DateOnly from, DateOnly to)
    {
        var (first, last, sign) = from <= to ? (from, to, 1) : (to, from, -1);
        var count = 0;
        for (var day = first.AddDays(1); day <= last; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return sign * count;
    }
}
