using System.Globalization;
using System.Text.Json;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Reads the calendar of bank holidays from its file.</summary>
public static class CalendarReader
{
    /// <summary>Reads a calendar: <c>{"edition": "…", "holidays": {"2026-12-25": "Christmas Day"}}</c>.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="local">The text of the council's own calendar: <c>{"closures": {"2026-12-29": "Christmas closure"}, "termEnds": ["03-31", "07-22", "12-18"]}</c>; nothing where there is none.</param>
    /// <exception cref="FormatException">A file is not of that form; the message says where.</exception>
    public static WorkingDays Read(string json, string? local = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new WorkingDays(document.RootElement.GetProperty("edition").GetString() ?? "", Days(document.RootElement.GetProperty("holidays")), local is null ? null : Local(local));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The calendar cannot be read: {e.Message}", e);
        }
    }

    private static LocalDays Local(string json)
    {
        using var document = JsonDocument.Parse(json);
        var ends = document.RootElement.GetProperty("termEnds").EnumerateArray()
            .Select(e => DateOnly.ParseExact($"2001-{e.GetString()}", "yyyy-MM-dd", CultureInfo.InvariantCulture)).Order().Select(d => (d.Month, d.Day)).ToList();
        return ends.Count > 0 ? new LocalDays(Days(document.RootElement.GetProperty("closures")), ends) : throw new InvalidOperationException("termEnds is empty.");
    }

    private static Dictionary<DateOnly, string> Days(JsonElement days) =>
        days.EnumerateObject().ToDictionary(d => DateOnly.ParseExact(d.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture), d => d.Value.GetString() ?? "");
}
