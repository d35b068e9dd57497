using System.Globalization;
using System.Text.Json;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Reads the calendar: bank holidays, and a council's own days.</summary>
public static class CalendarReader
{
    private static readonly string[] Members = ["closures", "termEnds"];

    /// <summary>Reads a calendar: <c>{"edition": "…", "holidays": {"2026-12-25": "Christmas Day"}}</c>.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="council">The council's own days; nothing where it has none.</param>
    /// <exception cref="FormatException">The file is not of that form; the message says where.</exception>
    public static WorkingDays Read(string json, LocalDays? council = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, RuleText.Strict);
            return new WorkingDays(document.RootElement.GetProperty("edition").GetString() ?? "", Days(document.RootElement.GetProperty("holidays")), council);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The calendar cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a council's own days: <c>{"closures": {"2026-12-29": "Christmas closure"}, "termEnds": ["03-31", "07-22", "12-18"]}</c>.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="problems">Takes everything wrong with it: its path in the file and a sentence each.</param>
    /// <returns>The days; nothing when something is wrong.</returns>
    public static LocalDays? Council(string json, List<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var before = problems.Count;
        try
        {
            using var document = JsonDocument.Parse(json, RuleText.Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                problems.Add("The file is not a JSON object.");
                return null;
            }

            var text = new RuleText(document.RootElement, "", problems);
            text.OptionalText("about");
            var closures = text.Object("closures", Closures) ?? [];
            var ends = text.Texts("termEnds").Select((end, n) => TermEnd(end, n, text)).Order().ToList();
            foreach (var missing in Members.Where(name => !text.Has(name)))
            {
                text.Wrong(missing, "is missing.");
            }

            if (text.Has("termEnds") && ends.Count == 0)
            {
                text.Wrong("termEnds", "needs at least one end of a school term, such as \"07-22\".");
            }

            foreach (var twice in ends.CountBy(e => e).Where(e => e.Value > 1))
            {
                text.Wrong("termEnds", $"{twice.Key.ToString("MM-dd", CultureInfo.InvariantCulture)} is there twice.");
            }

            text.NothingElse();
            return problems.Count > before ? null : new LocalDays(closures, [.. ends.Select(d => (d.Month, d.Day))]);
        }
        catch (JsonException e)
        {
            problems.Add(RuleText.Unreadable(e));
            return null;
        }
    }

    private static Dictionary<DateOnly, string> Closures(RuleText days)
    {
        var closures = new Dictionary<DateOnly, string>();
        foreach (var day in days.Others().ToList())
        {
            var why = days.Text(day.Name);
            if (!DateOnly.TryParseExact(day.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                days.Wrong(day.Name, "is not a real date of the form 2026-12-29.");
            }
            else
            {
                closures[date] = why;
            }
        }

        return closures;
    }

    // Any year that is not a leap year: the last day of February ends no term.
    private static DateOnly TermEnd(string text, int n, RuleText calendar)
    {
        if (!DateOnly.TryParseExact($"2001-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end))
        {
            calendar.Wrong($"termEnds[{n}]", $"\"{text}\" is not a real day of a year, of the form 07-22.");
        }

        return end;
    }

    private static Dictionary<DateOnly, string> Days(JsonElement days) =>
        days.EnumerateObject().ToDictionary(d => DateOnly.ParseExact(d.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture), d => d.Value.GetString() ?? "");
}
