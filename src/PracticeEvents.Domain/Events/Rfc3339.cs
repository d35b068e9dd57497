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
        instant = default;
        return text is { Length: >= 17 and <= 40 }
            && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text.Replace('z', 'Z'), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }

    /// <summary>Writes an instant in UTC with a <c>Z</c>.</summary>
    public static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
