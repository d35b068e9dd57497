namespace PracticeEvents.Domain;

/// <summary>Civil time in England: dates of practice are Europe/London dates, whatever the offset of the instant.</summary>
public static class London
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly TimeOnly LastSecond = new(23, 59, 59);
    private static readonly int FirstKept = new DateOnly(1990, 1, 1).DayNumber;
    private static readonly byte[] MinutesAtMidnight = Keep();

    /// <summary>The London date at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant as London clocks show it.</summary>
    public static DateTimeOffset TimeOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>Midnight at the start of a London date, as an instant.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), AtMidnight(date.DayNumber) ?? OffsetAt(date.ToDateTime(TimeOnly.MinValue)));

    /// <summary>23:59:59 on a London date, as an instant: the last second in which a same-day duty is in time.</summary>
    public static DateTimeOffset EndOf(DateOnly date) => new(date.ToDateTime(LastSecond), AtMidnight(date.DayNumber + 1) ?? OffsetAt(date.ToDateTime(LastSecond)));

    /// <summary>A time of a London date as an instant. A time that the clocks skip in spring is the one an hour later, of one that they
    /// show twice in autumn it is the second.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) => new DateTimeOffset(date.ToDateTime(time), OffsetAt(date.ToDateTime(time))).ToUniversalTime();

    // The clocks never changed at midnight in these years.
    private static TimeSpan? AtMidnight(int day) => day - FirstKept is var at && at >= 0 && at < MinutesAtMidnight.Length ? TimeSpan.FromMinutes(MinutesAtMidnight[at]) : null;

    private static TimeSpan OffsetAt(DateTime local) => Zone.GetUtcOffset(local);

    // Days are turned into instants for every duty of every child, and the time zone's own rules take a while to go through.
    private static byte[] Keep() =>
        [.. Enumerable.Range(FirstKept, 365 * 110).Select(day => (byte)OffsetAt(DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue)).TotalMinutes)];
}
