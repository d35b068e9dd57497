using System.CommandLine;
using System.Text.Json.Serialization;
using PracticeEvents.App.Api;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice due</c>: every open duty by due date, those whose date cannot be told first.</summary>
internal static class DueVerb
{
    public static Command Create()
    {
        var team = new Option<string?>("--team") { Description = "Only children of this team", HelpName = "TEAM" };
        var role = new Option<Role?>("--role")
        {
            Description = $"Only duties of which this role is told: {string.Join(", ", Access.Roles.All)}",
            HelpName = "ROLE",
            CustomParser = result => Said(
                result, Access.Roles.Parse(result.Tokens[0].Value),
                $"There is no role \"{result.Tokens[0].Value}\". The roles are {string.Join(", ", Access.Roles.All)}."),
        };
        var failOn = new Option<Status?>("--fail-on")
        {
            Description = "Exit with 1 when a duty has this status: overdue, due_soon or cannot_tell",
            HelpName = "STATUS",
            CustomParser = result => Said(
                result, Words.TryGetValue(result.Tokens[0].Value, out var word) ? word : null,
                $"--fail-on wants {string.Join(", ", Words.Keys)}, not \"{result.Tokens[0].Value}\"."),
        };
        var asAt = ReadOptions.AsAt();
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "due", "Lists the open duties by due date. Example: practice due --team T1 --fail-on overdue", [team, role, asAt, failOn, json], async (session, parsed, ct) =>
            {
                await session.RefuseUnknownTeamAsync(parsed.GetValue(team), ct);
                var duties = await DutiesAsync(session, parsed.GetValue(team), parsed.GetValue(role), parsed.GetValue(asAt), ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(duties);
                }
                else
                {
                    var today = London.DateOf(parsed.GetValue(asAt).Or(session.Time));
                    Out.Table(["due", "status", "child", "team", "duty", "plan by"], [.. duties.Select(d => (string[])
                        [d.Due ?? "", Word(d, today, session.Rules.Calendar), d.Child, d.Team ?? "", d.Title, d.PlanBy is { } day ? Dates.Iso(day) : ""])]);
                    Out.Note(duties.Count == 0
                        ? "No duty was known of then, or none is as asked."
                        : $"{Out.Count(duties.Count)} duties: "
                            + string.Join(", ", duties.CountBy(d => d.Status).OrderBy(c => c.Key)
                                .Select(c => $"{Out.Count(c.Value)} {StatusWord.For(EventName.Word(c.Key.ToString())).Word.ToLowerInvariant()}"))
                            + ".");
                }

                return parsed.GetValue(failOn) is { } status && duties.Any(d => d.Status == status) ? ExitCode.Found : ExitCode.Fine;
            });
    }

    private static readonly Dictionary<string, Status?> Words = new(StringComparer.Ordinal)
    {
        ["overdue"] = Status.Overdue,
        ["due_soon"] = Status.DueSoon,
        ["cannot_tell"] = Status.CannotTell,
    };

    private static async Task<List<DueJson>> DutiesAsync(Session session, string? team, Role? role, AsAt asAt, CancellationToken ct)
    {
        var now = asAt.Or(session.Time);
        var reader = session.Get<ViewReader>();
        var structure = await session.Get<StructureReader>().ReadAsync(asAt.Instant, ct);
        var unmonitored = asAt.Instant is null ? (await Unmonitored.All().AskAsync(session.Database.Source, ct)).Keys.ToHashSet(StringComparer.Ordinal) : [];
        var children = (await reader.RowsAsync(session.Get<ChildrenView>(), null, asAt.Instant, ct))
            .ToDictionary(c => c.Child, c => c.TeamIn(structure)?.Id ?? c.Team, StringComparer.Ordinal);
        var word = role is { } named ? EventName.Word(named.ToString()) : null;
        return [.. from duty in await reader.RowsAsync(session.Get<ObligationsView>(), null, asAt.Instant, ct)
                   where duty.Outcome is Outcome.Open && (word is null || duty.Roles.Contains(word))
                   let itsTeam = children.GetValueOrDefault(duty.Child)
                   where team is null || itsTeam == team
                   let status = unmonitored.Contains(duty.Child) ? Status.CannotTell : duty.StatusAt(now)
                   orderby duty.Due is null ? 0 : 1, duty.Due, duty.LateFrom, duty.Child, duty.Rule
                   select new DueJson(
                       duty.Child, itsTeam, duty.Rule, duty.Title, duty.Occurrence, duty.StartedBy,
                       new Happened(duty.StartedOn, duty.StartedAt).ToString(), duty.DueText, duty.PlanBy,
                       status, duty.Roles, duty.Because) { Date = duty.Due }];
    }

    private static string Word(DueJson duty, DateOnly today, WorkingDays calendar)
    {
        var word = StatusWord.For(EventName.Word(duty.Status.ToString())).Word;
        return (duty.Status, duty.Date) switch
        {
            (Status.DueSoon, { } due) => $"{word} {Dates.InWorkingDays(calendar.Between(today, due))}",
            (Status.Overdue, { } due) => $"{word} {Dates.ByWorkingDays(calendar.Between(due, today))}",
            _ => word,
        };
    }

    private static T? Said<T>(System.CommandLine.Parsing.ArgumentResult result, T? value, string problem)
        where T : struct
    {
        if (value is null)
        {
            result.AddError(problem);
        }

        return value;
    }

    private sealed record DueJson(
        string Child, string? Team, string Rule, string Title, Guid Occurrence, string StartedBy, string StartedOn,
        string? Due, DateOnly? PlanBy, Status Status, string[] Roles, string? Because)
    {
        [JsonIgnore]
        public DateOnly? Date { get; init; }
    }
}
