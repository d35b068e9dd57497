using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace PracticeEvents.Domain.Timescales;

/// <summary>The calendar of working days: every day that is not a Saturday, a Sunday or a listed holiday.
/// The holidays are data, because two of the last fifteen years had one that nobody could have computed.</summary>
public sealed class WorkingDays
{
    private readonly FrozenDictionary<DateOnly, string> holidays;

    /// <summary>A calendar of the holidays given, by London date, each with its name.</summary>
    /// <param name="edition">Name of the edition.</param>
    /// <param name="holidays">The holidays.</param>
    /// <param name="local">The council's own days; nothing where it has none.</param>
    public WorkingDays(string edition, IReadOnlyDictionary<DateOnly, string> holidays, LocalDays? local = null)
    {
        Edition = edition;
        this.holidays = holidays.ToFrozenDictionary();
        OfCouncil = local ?? LocalDays.None;
        WithClosures = OfCouncil.Closures.Count == 0
            ? this
            : new WorkingDays(
                edition, OfCouncil.Closures.Concat(holidays).DistinctBy(d => d.Key).ToDictionary(),
                OfCouncil with { Closures = LocalDays.None.Closures });
        LastKnown = this.holidays.Count == 0 ? DateOnly.MinValue : new DateOnly(this.holidays.Keys.Max().Year, 12, 31);
    }

    /// <summary>Name of this edition of the calendar.</summary>
    public string Edition { get; }

    /// <summary>Fingerprint of every day in it: two calendars with the same one count alike.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        ' ', Edition, Days(holidays.Keys), Days(OfCouncil.Closures.Keys), string.Join(',', OfCouncil.TermEnds)))));

    /// <summary>The council's own days. They never move a statutory date.</summary>
    public LocalDays OfCouncil { get; }

    /// <summary>The same calendar without the days on which the council is closed: for local standards alone.</summary>
    public WorkingDays WithClosures { get; }

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

    /// <summary>The last day of the school term that comes so many after the one in which a date lies. A term runs from the end of the one before it.</summary>
    public DateOnly EndOfTerm(DateOnly date, int terms)
    {
        var ends = OfCouncil.TermEnds;
        var (year, place) = (date.Year, 0);
        while (place < ends.Count && new DateOnly(year, ends[place].Month, ends[place].Day) < date)
        {
            place++;
        }

        var wanted = place + terms;
        var at = ((wanted % ends.Count) + ends.Count) % ends.Count;
        return new DateOnly(year + ((wanted - at) / ends.Count), ends[at].Month, ends[at].Day);
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

    private static string Days(IEnumerable<DateOnly> days) => string.Join(',', days.Order().Select(d => d.DayNumber));
}

/// <summary>What a council's calendar adds for local standards. Never used for a duty that the law counts.</summary>
/// <param name="Closures">Days on which the council is closed, each with its name.</param>
/// <param name="TermEnds">Last days of the school terms, as month and day of every year, in order.</param>
public sealed record LocalDays(IReadOnlyDictionary<DateOnly, string> Closures, IReadOnlyList<(int Month, int Day)> TermEnds)
{
    /// <summary>No closures, and terms that end at Christmas, Easter and in July.</summary>
    public static LocalDays None { get; } = new(new Dictionary<DateOnly, string>(), [(3, 31), (7, 31), (12, 31)]);
}
