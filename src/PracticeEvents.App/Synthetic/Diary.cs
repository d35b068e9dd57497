using System.Globalization;
using PracticeEvents.Domain;

namespace PracticeEvents.App.Synthetic;

/// <summary>The authority's diary: working days counted once, so that putting hundreds of thousands of meetings in it is quick.</summary>
internal sealed class Diary
{
    private readonly int first;
    private readonly int[] rank;
    private readonly List<int> working = [];
    private readonly string[] written;
    private readonly TimeSpan[] offsets;

    /// <summary>A diary for a span of days.</summary>
    /// <param name="from">First day.</param>
    /// <param name="today">Last day that the calendar is asked about; after it, Monday to Friday are taken to be working days.</param>
    /// <param name="to">Last day.</param>
    /// <param name="isWorkingDay">The calendar.</param>
    public Diary(DateOnly from, DateOnly today, DateOnly to, Func<DateOnly, bool> isWorkingDay)
    {
        first = from.DayNumber;
        var length = to.DayNumber - first + 1;
        (rank, written, offsets) = (new int[length], new string[length], new TimeSpan[length]);
        for (var i = 0; i < length; i++)
        {
            var day = from.AddDays(i);
            if (day <= today ? isWorkingDay(day) : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                working.Add(day.DayNumber);
            }

            rank[i] = working.Count;
            written[i] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            offsets[i] = London.TimeOf(new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero)).Offset;
        }
    }

    /// <summary>The day as events write it.</summary>
    public string Write(DateOnly day) => written[Index(day)];

    /// <summary>The instant at so many minutes past midnight by London clocks. Not for the hours in which clocks change.</summary>
    public DateTimeOffset At(DateOnly day, int minute) => new(day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute), offsets[Index(day)]);

    /// <summary>Whether the offices are open.</summary>
    public bool IsWorking(DateOnly day) => Index(day) is var i && rank[i] > (i == 0 ? 0 : rank[i - 1]);

    /// <summary>The working day so many working days later; the day itself is not counted.</summary>
    public DateOnly After(DateOnly day, int workingDays) => Working(rank[Index(day)] + workingDays - 1);

    /// <summary>The working day so many working days earlier; the day itself is not counted.</summary>
    public DateOnly Before(DateOnly day, int workingDays) => Working(rank[Index(day)] - (IsWorking(day) ? 1 : 0) - workingDays);

    /// <summary>The day, or the next working day when the offices are closed.</summary>
    public DateOnly OnOrAfter(DateOnly day) => IsWorking(day) ? day : After(day, 1);

    /// <summary>The day, or the last working day before it when the offices are closed.</summary>
    public DateOnly OnOrBefore(DateOnly day) => IsWorking(day) ? day : Before(day, 1);

    /// <summary>How many working days come after one day, up to and with another.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to) => rank[Index(to)] - rank[Index(from)];

    private DateOnly Working(int place) => DateOnly.FromDayNumber(working[Math.Clamp(place, 0, working.Count - 1)]);

    private int Index(DateOnly day) => Math.Clamp(day.DayNumber - first, 0, rank.Length - 1);
}
