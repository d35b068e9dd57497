using System.Globalization;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Imports a list of staff: who works in which team and as what, who has left, and who is away with whom to stand in. Only what
/// differs from what is known becomes an event, so that the same list again adds nothing. Whoever is not on the list stays as they are: a list
/// may be of one team.</summary>
internal static class StaffImport
{
    /// <summary>The format's name.</summary>
    public const string Format = "staff";

    private const string Source = "/import/staff";
    private const string Name = StaffList.Name;

    /// <summary>True when a first line is that of a list of staff.</summary>
    public static bool IsHeader(string line) => line.TrimStart('\uFEFF').Split([',', ';'])[0].Trim(' ', '"', '\r').Equals("worker", StringComparison.OrdinalIgnoreCase);

    /// <summary>Imports the file.</summary>
    public static async Task RunAsync(Stream file, ImportLoad load)
    {
        var known = new Structure(RecordedFacts.Readable(await load.Store.ReadEveryAsync(StructureReader.Types, load.Stop)));
        var today = London.DateOf(load.Now);
        var rows = StaffList.Read(file, load, today);
        foreach (var row in rows.Where(r => r.Cover is { } cover && !known.Workers.ContainsKey(cover) && !rows.Exists(other => other.Worker == cover)))
        {
            load.Notes.Add(new Refused(StaffList.At(row.Line), "Whoever stands in is neither on the list nor known: until they are, alerts go one level up."));
        }

        var events = Teams(rows, known, today, load).Concat(rows.SelectMany(row => Said(row, known, today, load)))
            .DistinctBy(e => (e.GetType(), EventJson.Write(e))).ToList();
        var now = load.Now;
        await load.StoreAsync([.. events.Select((e, n) => Delivery(e, n, now, load.Name))], rows.Count);
    }

    private static Delivery Delivery(PracticeEvent e, int n, DateTimeOffset now, string load)
    {
        var incoming = new Incoming(Source, string.Create(CultureInfo.InvariantCulture, $"{load}/{n}"), e, RecordedAt: now, Load: load);
        return new Delivery(ImportFile.Sender, Format, incoming.Id, System.Text.Encoding.UTF8.GetBytes(EventJson.Write(e)), now)
        {
            Events = [incoming.ToNewEvent(now, ImportFile.Sender)],
        };
    }

    // A team is as its rows say; who manages it follows from the rows of its managers.
    private static IEnumerable<PracticeEvent> Teams(List<StaffRow> rows, Structure known, DateOnly today, ImportLoad load)
    {
        foreach (var team in rows.Where(r => r.Team is not null).GroupBy(r => r.Team!, StringComparer.Ordinal))
        {
            var before = known.Teams.GetValueOrDefault(team.Key);
            var managers = team.Where(r => r.Left is null && r.Roles.Contains(Role.TeamManager)).Select(r => r.Worker).ToList();
            if (managers.Count > 1)
            {
                load.Notes.Add(new Refused(StaffList.At(team.First().Line), $"The team has {managers.Count} managers on the list; alerts go to the first of them."));
            }

            var now = new Team(
                team.Key, One(team.Select(r => r.Service), team.First().Line, "service", load) ?? before?.Service, managers.FirstOrDefault() ?? before?.Manager,
                One(team.Select(r => r.Head), team.First().Line, "head_of_service", load) ?? before?.Head,
                team.Any(r => r.IsFrontDoor) || (before?.IsFrontDoor is true && !team.Any(r => r.IsNotFrontDoor)));
            if (now != before)
            {
                load.Counts.Taken("teams");
                yield return new TeamRegistered
                {
                    Team = now.Id,
                    Service = now.Service,
                    TeamManager = now.Manager,
                    HeadOfService = now.Head,
                    FrontDoor = now.IsFrontDoor,
                    On = new(today),
                };
            }
            else
            {
                load.Counts.Unchanged("teams");
            }
        }
    }

    private static string? One(IEnumerable<string?> said, int line, string column, ImportLoad load)
    {
        var all = said.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (all.Count > 1)
        {
            load.Notes.Add(new Refused(StaffList.At(line), $"The rows of this team do not agree on {column}; the first counts."));
        }

        return all.FirstOrDefault();
    }

    private static IEnumerable<PracticeEvent> Said(StaffRow row, Structure known, DateOnly today, ImportLoad load)
    {
        var said = Changes(row, known, today).ToList();
        if (said.Count == 0)
        {
            load.Counts.Unchanged(Name);
        }
        else
        {
            load.Counts.Taken(Name);
        }

        return said;
    }

    private static IEnumerable<PracticeEvent> Changes(StaffRow row, Structure known, DateOnly today)
    {
        var before = known.Workers.GetValueOrDefault(row.Worker);
        if (row.Left is { } left)
        {
            if (before is not { Left: true })
            {
                // Of what is known of a worker the latest holds, and the list is the latest: somebody who was registered after the day on which they left is gone all the same.
                yield return new WorkerLeft { Worker = row.Worker, On = new(before is null ? left : today) };
            }

            yield break;
        }

        if (before is null or { Left: true } || before.Team != row.Team || !before.Roles.ToHashSet().SetEquals(row.Roles))
        {
            yield return new WorkerRegistered { Worker = row.Worker, Roles = row.Roles, Team = row.Team, On = new(today) };
        }

        if (row is { AwayFrom: { } start, AwayTo: { } end } && known.Absences.Between(row.Worker, start, end).All(a => (a.From, a.To, a.Cover) != (start, end, row.Cover)))
        {
            yield return new AbsenceRecorded { Worker = row.Worker, From = start, To = end, Cover = row.Cover, On = new(today) };
        }
    }
}
