using System.Globalization;
using System.Text.Json;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Reads the calendar of bank holidays from its file.</summary>
public static class CalendarReader
{
    /// <summary>Reads a calendar: <c>{"edition": "…", "holidays": {"2026-12-25": "Christmas Day"}}</c>.</summary>
    /// <exception cref="FormatException">The file is not of that form; the message says where.</exception>
    public static WorkingDays Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var holidays = document.RootElement.GetProperty("holidays").EnumerateObject().ToDictionary(
                h => DateOnly.ParseExact(h.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture), h => h.Value.GetString() ?? "");
            return new WorkingDays(document.RootElement.GetProperty("edition").GetString() ?? "", holidays);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The calendar cannot be read: {e.Message}", e);
        }
    }
}
