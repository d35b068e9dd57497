using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PracticeEvents.App.Access;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>A row of a list of staff.</summary>
internal sealed record StaffRow(
    int Line, string Worker, IReadOnlyList<Role> Roles, string? Team, string? Service, string? Head, DateOnly? Left,
    DateOnly? AwayFrom, DateOnly? AwayTo, string? Cover, bool IsFrontDoor, bool IsNotFrontDoor);

/// <summary>Reads a list of staff: CSV with a heading, commas or semicolons.</summary>
internal static class StaffList
{
    /// <summary>What its rows are counted as.</summary>
    public const string Name = "workers";

    private static readonly string[] Columns = ["worker", "roles", "team", "service", "head_of_service", "front_door", "left", "away_from", "away_to", "cover"];

    /// <summary>Reads the rows; one that is wrong is refused, and the others count.</summary>
    /// <exception cref="FormatException">The file has no rows, or a column that such a list does not have.</exception>
    public static List<StaffRow> Read(Stream file, ImportLoad load, DateOnly today)
    {
        using var text = new StreamReader(file);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";"],
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            TrimOptions = TrimOptions.Trim,
            MissingFieldFound = null,
            BadDataFound = null,
        });
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new FormatException("The list of staff is empty.");
        }

        foreach (var column in csv.HeaderRecord!.Select(h => h.Trim().ToLowerInvariant()).Where(h => h.Length > 0 && !Columns.Contains(h)))
        {
            throw new FormatException($"There is no column '{column}' in a list of staff; the columns are {string.Join(", ", Columns)}.");
        }

        var rows = new List<StaffRow>();
        while (csv.Read())
        {
            load.Stop.ThrowIfCancellationRequested();
            var faults = new List<string>();
            var row = RowOf(csv, today, faults);
            if (faults.Count == 0 && rows.Exists(r => r.Worker == row.Worker && row.AwayFrom is null))
            {
                faults.Add("This worker is on the list already; a worker has more than one row only to be away more than once.");
            }

            if (faults.Count > 0)
            {
                load.Counts.Refused(Name);
                load.Refusals.Add(new Refused(At(row.Line), string.Join(" ", faults)));
                continue;
            }

            rows.Add(row);
        }

        return rows;
    }

    private static StaffRow RowOf(CsvReader csv, DateOnly today, List<string> faults)
    {
        var worker = Code("worker") ?? "";
        if (worker.Length == 0 && faults.Count == 0)
        {
            faults.Add("There is no worker in this row.");
        }

        var roles = new List<Role>();
        foreach (var word in (csv.GetField("roles") ?? "").Split(['|', '/', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Roles.Parse(word) is { } role)
            {
                roles.Add(role);
            }
            else
            {
                faults.Add($"There is no role '{word}'; the roles are {string.Join(", ", Roles.All)}.");
            }
        }

        var row = new StaffRow(
            csv.Parser.Row, worker, [.. roles.Distinct()], Code("team"), Code("service"), Code("head_of_service"), Date("left"),
            Date("away_from"), Date("away_to"), Code("cover"), Yes("front_door") is true, Yes("front_door") is false);
        if (row.Roles.Count == 0 && row.Left is null && faults.Count == 0)
        {
            faults.Add("A worker needs at least one role.");
        }

        if (row.Left > today)
        {
            faults.Add("left is in the future: list the worker as having left once they have.");
        }

        if (row.AwayFrom is null != row.AwayTo is null || row.AwayTo < row.AwayFrom)
        {
            faults.Add("away_from and away_to go together, and away_to is not before away_from.");
        }

        if (row.Cover is not null && (row.AwayFrom is null || row.Cover == row.Worker))
        {
            faults.Add("cover is somebody else, and goes with away_from and away_to.");
        }

        return row;

        string? Code(string column)
        {
            if (csv.GetField(column) is not { Length: > 0 } text)
            {
                return null;
            }

            if (!Domain.Events.Code.IsValid(text))
            {
                faults.Add($"{column} is not a reference: letters, digits and . _ - only, and no name.");
            }

            return text;
        }

        bool? Yes(string column)
        {
            var text = csv.GetField(column)?.ToLowerInvariant();
            if (text is not (null or "" or "yes" or "no"))
            {
                faults.Add($"{column} is yes or no.");
            }

            return string.IsNullOrEmpty(text) ? null : text == "yes";
        }

        DateOnly? Date(string column)
        {
            if (csv.GetField(column) is not { Length: > 0 } text)
            {
                return null;
            }

            if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and <= 2100)
            {
                return date;
            }

            faults.Add($"{column} is not a date such as 2026-11-21 or 21/11/2026.");
            return null;
        }
    }

    /// <summary>A line as people are told of it.</summary>
    public static string At(int line) => string.Create(CultureInfo.InvariantCulture, $"line {line}");
}
