using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Rules;

namespace PracticeEvents.Domain.Tests.Timescales;

/// <summary>One row of the table of dates worked out by hand.</summary>
/// <param name="Id">Such as TC014.</param>
/// <param name="RuleId">The rule, or the name of a variant of it.</param>
/// <param name="Trigger">When the duty started.</param>
/// <param name="Convention">How it is counted.</param>
/// <param name="Due">The date or instant worked out.</param>
/// <param name="PlanBy">The plan-by date, where the row gives one.</param>
/// <param name="Completed">When it was done, where the row says so.</param>
/// <param name="InTime">Whether that was in time.</param>
public sealed partial record Case(
    string Id, string RuleId, Happened Trigger, string Convention, string Due, DateOnly? PlanBy, Happened? Completed, bool InTime)
{
    public override string ToString() => $"{Id} {RuleId}";

    internal static Case Read(IReadOnlyList<string> cells) => new(
        cells[0], cells[1], When(cells[2]), cells[4], cells[5],
        PlanByDate().Match(cells[6]) is { Success: true } planBy ? DateOnly.ParseExact(planBy.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        cells[7].Length == 0 ? null : When(cells[7]), cells[8] is "in-timescale");

    // The table gives some times of day without an offset: they are London times.
    private static Happened When(string text) => Happened.TryParse(text, out var happened)
        ? happened
        : Happened.AtInstant(London.TimeOf(new DateTimeOffset(
            TimeZoneInfo.ConvertTimeToUtc(DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), Zone))));

    private static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [GeneratedRegex(@"plan-by(?: date is)? (\d{4}-\d\d-\d\d)")]
    private static partial Regex PlanByDate();
}

/// <summary>The table of dates worked out by hand, with the reasoning of each.</summary>
internal static class CaseTable
{
    public static IReadOnlyList<Case> All { get; } =
        [.. File.ReadLines(Path).Skip(1).Where(l => l.Length > 0).Select(l => Case.Read(Cells(l)))];

    private static string Path => System.IO.Path.Combine(
        RuleFiles.Folder, "..", "tests", "PracticeEvents.Domain.Tests", "Timescales", "timescale-cases.csv");

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            switch (c)
            {
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                default:
                    cell.Append(c);
                    break;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
