namespace PracticeEvents.App.Synthetic;

/// <summary>
/// The standing pattern of working days in England and Wales, good enough to invent a history by. Due dates are never counted with it:
/// those use the published calendar, which also knows the one-off holidays.
/// </summary>
internal static class OfficeDays
{
    /// <summary>Whether a day is Monday to Friday and not a standing bank holiday.</summary>
    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day) && !StandsInForWeekend(day);

    private static bool IsHoliday(DateOnly day) => (day.Month, day.Day) is (1, 1) or (12, 25) or (12, 26)
        || (day.DayOfWeek is DayOfWeek.Monday && (day.Month, day.Day) is (5, <= 7) or (5, >= 25) or (8, >= 25))
        || day == Easter(day.Year).AddDays(-2) || day == Easter(day.Year).AddDays(1);

    private static bool StandsInForWeekend(DateOnly day) => (day.Month, day.Day, day.DayOfWeek) is
        (1, 2 or 3, DayOfWeek.Monday) or (12, 27, DayOfWeek.Monday or DayOfWeek.Tuesday) or (12, 28, DayOfWeek.Monday or DayOfWeek.Tuesday);

    // The anonymous Gregorian reckoning of Easter Sunday (Nature, 1876).
    private static DateOnly Easter(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var moon = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var week = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - moon - (rest % 4)) % 7;
        var shift = (golden + (11 * moon) + (22 * week)) / 451;
        var sum = moon + week - (7 * shift) + 114;
        return new(year, sum / 31, (sum % 31) + 1);
    }
}
