using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Children;

/// <summary>The children whom the reader may see, whoever needs someone first.</summary>
internal sealed class IndexModel(Pictures pictures, Labels labels, ReadLog log, WorkingDays calendar, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Team { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Worker { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    /// <summary><c>child</c>, <c>worker</c>, <c>team</c>, <c>due</c> or <c>seen</c>, with a minus sign for the other way round.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public IReadOnlyList<ChildLine> All { get; private set; } = [];

    public IReadOnlyList<ChildLine> Found { get; private set; } = [];

    public IReadOnlyList<AppliedFilter> Applied { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    public Paging Paging => Paging.From(Request.Query);

    public IEnumerable<ChildLine> Shown => Found.Skip(Paging.Skip).Take(Paging.Size ?? int.MaxValue);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var picture = await pictures.TakeAsync(User, null, null, null, ct);
        var open = picture.Duties.Where(d => d.Outcome is Outcome.Open).ToLookup(d => d.Child);
        All = [.. picture.Children.Where(c => c.IsOpen || picture.Unmonitored.Contains(c.Child)).Select(c => Line(c, picture, open[c.Child]))];
        Found = Sorted(All.Where(Passes));
        if (Answer.WantsCsv(Request))
        {
            return await CsvAsync(picture.Viewer, ct);
        }

        Names = await Names.ReadAsync(labels, [.. Shown.Select(l => l.Child.Child)], ct);
        Applied = [.. Filters()];
        return Page();
    }

    /// <summary>"142 children: 7 overdue, 3 cannot tell."</summary>
    public string Summary()
    {
        var statuses = StatusWord.All.Where(s => s.Code != "on_track")
            .Select(s => (s.Word, Count: Found.Count(l => l.Group == s.Code))).Where(s => s.Count > 0).Select(s => $"{s.Count} {s.Word.ToLowerInvariant()}").ToList();
        return $"{Counts.Of(Found.Count, "child", "children")}{(statuses.Count > 0 ? ": " + string.Join(", ", statuses) : "")}";
    }

    private ChildLine Line(ChildRow child, Picture picture, IEnumerable<ObligationRow> duties)
    {
        var watched = !picture.Unmonitored.Contains(child.Child);
        var worst = duties.Select(d => (Duty: d, Standing: DutyStanding.Of(d, watched, calendar, Now)))
            .OrderBy(d => d.Standing.Order).ThenBy(d => d.Duty.Due).Select(d => ((ObligationRow?)d.Duty, (DutyStanding?)d.Standing)).FirstOrDefault();
        var standing = watched ? worst.Item2 : new DutyStanding("cannot_tell", "because this child's record cannot be worked through");
        return new ChildLine(child, child.TeamIn(picture.Structure)?.Id, worst.Item1, standing);
    }

    private bool Passes(ChildLine line) =>
        (string.IsNullOrWhiteSpace(Team) || line.Team == Team)
        && (string.IsNullOrWhiteSpace(Worker) || line.Child.SocialWorker == Worker || (Worker == "nobody" && line.Child.SocialWorker is null))
        && (string.IsNullOrWhiteSpace(Status) || line.Group == Status);

    private IReadOnlyList<ChildLine> Sorted(IEnumerable<ChildLine> lines)
    {
        var usual = lines.OrderBy(l => l.Standing?.Order ?? int.MaxValue).ThenBy(l => l.Worst?.Due).ThenBy(l => l.Child.Child, StringComparer.Ordinal).ToList();
        Func<ChildLine, object?>? key = Sort?.TrimStart('-') switch
        {
            "child" => l => l.Child.Child,
            "worker" => l => l.Child.SocialWorker,
            "team" => l => l.Team,
            "due" => l => l.Worst?.Due,
            "seen" => l => l.Child.LastSeen,
            _ => null,
        };
        return key is null ? usual : Sort!.StartsWith('-') ? [.. usual.OrderByDescending(key)] : [.. usual.OrderBy(key)];
    }

    private IEnumerable<AppliedFilter> Filters()
    {
        if (!string.IsNullOrWhiteSpace(Team))
        {
            yield return new("team", Team, $"Team: {Names.Team(Team)}");
        }

        if (!string.IsNullOrWhiteSpace(Worker))
        {
            yield return new("worker", Worker, $"Worker: {Names.Worker(Worker)}");
        }

        if (!string.IsNullOrWhiteSpace(Status))
        {
            yield return new("status", Status, $"Status: {StatusWord.All.FirstOrDefault(s => s.Code == Status)?.Word ?? "nothing due"}");
        }
    }

    private async Task<FileContentResult> CsvAsync(Viewer viewer, CancellationToken ct)
    {
        foreach (var line in Found)
        {
            await log.NoteAsync(viewer.Worker, line.Child.Child, "children export", Now, ct);
        }

        string[] name = ["children", .. new[] { Team, Worker, Status }.Where(f => !string.IsNullOrWhiteSpace(f)).Select(f => f!), Dates.Iso(London.DateOf(Now))];
        return File(Answer.Csv(Found.Select(ChildCsvRow.Of).ToList()), "text/csv; charset=utf-8", $"{string.Join('_', name)}.csv");
    }
}
