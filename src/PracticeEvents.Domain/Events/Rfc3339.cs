using System.Globalization;

namespace PracticeEvents.Domain.Events;

/// <summary>Date-times as CloudEvents and our own events write them (RFC 3339): a date, a time and an offset, all three.</summary>
public static class Rfc3339
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd't'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads an instant. A date-time without an offset is refused: its instant would be a guess.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        if (TryParsePlain(text, out instant))
        {
            return true;
        }

        return text is { Length: >= 17 and <= 40 }
            && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text.Replace('z', 'Z'), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }

    /// <summary>Reads a date as <c>2026-09-07</c>. Anything else is refused.</summary>
    internal static bool TryParseDate(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        if (text is not [_, _, _, _, '-', _, _, '-', _, _])
        {
            return false;
        }

        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    // 2026-09-07T14:30:00Z or with an offset such as +01:00, as nearly all come: read without trying the forms in turn, because each time that a child is looked at
    // it is read for every event. What is unusual is left to those forms, and so is a year or an offset at the edge of what an instant can be.
    private static bool TryParsePlain(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is not [_, _, _, _, _, _, _, _, _, _, 'T', _, _, ':', _, _, ':', _, _, .. var zone] || !TryParseDate(text[..10], out var date)
            || date.Year is < 2 or > 9998 || !TryParseOffset(zone, out var offset))
        {
            return false;
        }

        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        instant = new DateTimeOffset(date, new TimeOnly(hour, minute, second), offset);
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (zone is ['Z'])
        {
            return true;
        }

        if (zone is not ['+' or '-', _, _, ':', _, _])
        {
            return false;
        }

        var (hours, minutes) = (Number(zone[1..3]), Number(zone[4..]));
        offset = new TimeSpan(hours, minutes, 0) * (zone[0] is '-' ? -1 : 1);
        return hours is >= 0 and <= 13 && minutes is >= 0 and <= 59;
    }

    // -1 when not all of it are digits.
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return -1;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }

    /// <summary>Writes an instant in UTC with a <c>Z</c>.</summary>
    public static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
