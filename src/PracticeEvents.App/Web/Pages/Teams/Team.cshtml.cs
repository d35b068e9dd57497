using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>Where is drift in a team, and whose help is needed?</summary>
[Authorize]
internal sealed class TeamModel(
    Pictures pictures, StructureReader structures, ViewReader reader, BasicsView basics, RuleBook rules, Labels labels, ReadLog log, TimeProvider time) : PageModel
{
    /// <summary>The most that "Needs a conversation" lists: more than a supervision can hold is no help.</summary>
    public const int MostToTalkAbout = 10;

    /// <summary>A child's line on the children tab, with the duties to look at.</summary>
    internal sealed record ChildLine(ChildRow Child, Basics Basics, IReadOnlyList<DutyLine> Duties);

    public string Team { get; private set; } = "";

    public string? Refused { get; private set; }

    public TeamBoard Board { get; private set; } = null!;

    public Names Names { get; private set; } = null!;

    public TeamFilter Filter { get; private set; } = null!;

    public bool ShowsChildren { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public bool IsAsAt { get; private set; }

    public Paging Paging { get; private set; }

    public IReadOnlyList<DutyLine> Lines { get; private set; } = [];

    public IReadOnlyList<ChildLine> Children { get; private set; } = [];

    public WorkingDays Calendar => rules.Calendar;

    public DateOnly Today => London.DateOf(Now);

    public string Sentence =>
        $"{Counts.Of(Board.Children.Count, "child", "children")}, {Counts.Of(Board.Workers.Count(), "worker")}. "
        + $"{Counts.Of(Board.Overdue, "overdue duty", "overdue duties")}"
        + (Board.Overdue == 0
            ? ""
            : $" for {Counts.Of(Board.Lines.Where(l => l.Status is Status.Overdue).Select(l => l.Duty.Child).Distinct().Count(), "child", "children")}")
        + ". "
        + $"{Board.CannotTell} cannot tell.";

    public string Found =>
        $"{Counts.Of(Lines.Count, "timescale")}, {Lines.Count(l => l.Status is Status.Overdue)} overdue"
        + $"{(ShowsChildren ? $", {Counts.Of(Children.Count, "child", "children")}" : "")}";

    /// <summary>The address of the children tab narrowed to some of them, at the instant being read.</summary>
    public string Narrowed(string worker, string? duty = null, string? status = null)
    {
        var query = new QueryBuilder { { "view", "children" }, { "worker", worker } };
        foreach (var (key, value) in new[] { ("duty", duty), ("status", status), ("asAt", IsAsAt ? Request.Query["asAt"].ToString() : null) })
        {
            if (value is not null)
            {
                query.Add(key, value);
            }
        }

        return Request.Path + query.ToQueryString();
    }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        Team = id;
        var structure = await structures.ReadAsync(ct: ct);
        if (!structure.Teams.TryGetValue(id, out var team))
        {
            return NotFound();
        }

        var viewer = Viewer.Of(User, structure);
        if (!viewer.SeesTeam(team))
        {
            Refused = TeamsSeen.Refusal;
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }

        var asAt = AsAt.OfPage(Request.Query, ModelState);

        (Now, IsAsAt) = (asAt.Or(time), asAt.Instant is not null);
        Board = TeamBoard.Of(await pictures.TakeAsync(viewer, asAt.Instant, id, null, ct), rules, Now);
        Filter = TeamFilter.From(Request.Query);
        ShowsChildren = Request.Query["view"] == "children";
        Paging = Paging.From(Request.Query);
        Lines = [.. Board.Lines.Where(Filter.Wants)];
        var which = Board.Children.Select(c => c.Child).ToList();
        Names = await Names.ReadAsync(labels, which, ct);
        if (ShowsChildren)
        {
            Children = ChildLines((await reader.RowsAsync(basics, which, asAt.Instant, ct)).ToDictionary(b => b.Child));
        }

        if (!Answer.WantsCsv(Request))
        {
            return Page();
        }

        await log.NoteAllAsync(viewer.Worker, [.. ShowsChildren ? Children.Select(c => c.Child.Child) : Lines.Select(l => l.Duty.Child)], "team csv", time.GetUtcNow(), ct);
        return File(ShowsChildren ? Answer.Csv(ChildRows()) : Answer.Csv(DutyRows()), "text/csv; charset=utf-8", FileName());
    }

    private List<ChildLine> ChildLines(Dictionary<string, BasicsRow> known)
    {
        var duties = Lines.ToLookup(l => l.Duty.Child);
        var lines =
            from child in Board.Children
            where Filter.Wants(child.SocialWorker) && (!Filter.PicksDuties || duties.Contains(child.Child))
            let shown = duties[child.Child].Where(l => Filter.PicksDuties || l.Status is not Status.OnTrack).ToList()
            select new ChildLine(child, Basics.Of(child, known.GetValueOrDefault(child.Child)), shown);
        return Request.Query["sort"].ToString() switch
        {
            "child" => [.. lines.OrderBy(l => l.Child.Child, StringComparer.Ordinal)],
            "-child" => [.. lines.OrderByDescending(l => l.Child.Child, StringComparer.Ordinal)],
            "worker" => [.. lines.OrderBy(l => Names.Worker(l.Child.SocialWorker), ByName.Order).ThenBy(l => l.Child.Child, StringComparer.Ordinal)],
            "-worker" => [.. lines.OrderByDescending(l => Names.Worker(l.Child.SocialWorker), ByName.Order).ThenBy(l => l.Child.Child, StringComparer.Ordinal)],
            _ => [.. lines.OrderByDescending(l => l.Child.SocialWorker is null)
                .ThenBy(l => l.Duties.Select(d => d.Urgency).DefaultIfEmpty(int.MaxValue).Min()).ThenBy(l => l.Child.Child, StringComparer.Ordinal)],
        };
    }

    private List<TeamDutyCsv> DutyRows() =>
    [
        .. Lines.Select(l => new TeamDutyCsv(
            l.Duty.Child, l.Child.SocialWorker, l.Duty.Rule, l.Duty.Title, l.Group.Key, l.Duty.StartedOn, l.Duty.DueText, l.Duty.PlanBy, l.Code)),
    ];

    private List<TeamChildCsv> ChildRows()
    {
        var all = Board.Lines.ToLookup(l => l.Duty.Child);
        return
        [
            .. Children.Select(c => new TeamChildCsv(
                c.Child.Child, c.Child.SocialWorker, c.Basics.SeenAlone, c.Basics.Assessment, c.Basics.Plan, c.Basics.Oversight,
                Count(c, Status.Overdue), Count(c, Status.CannotTell), Count(c, Status.DueSoon))),
        ];

        int Count(ChildLine line, Status status) => all[line.Child.Child].Count(l => l.Status == status);
    }

    private string FileName() =>
        string.Join('-', new[] { "team", Team, ShowsChildren ? "children" : "duties", Filter.Worker, Filter.Duty, Filter.Status, Dates.Iso(Today) }.OfType<string>()) + ".csv";
}
