using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Process;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>What needs me, in order? The home page of everyone.</summary>
internal sealed class IndexModel(
    AlertLines lines, ChildAccess access, AlertsOutlook outlook, Labels labels, ReadLog log, ProcessHealth health,
    TimeProvider time) : PageModel
{
    /// <summary>Which alerts: <c>mine</c>, <c>team</c>, <c>watching</c> or <c>done</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = "mine";

    /// <summary>Only alerts about this duty, by rule id.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Duty { get; set; }

    /// <summary>Only this group: a status of the contract, or <c>to_know</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    /// <summary>Only this child, by reference.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Child { get; set; }

    /// <summary>Only alerts raised on or after this London date.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Since { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public IReadOnlyList<AlertLine> All { get; private set; } = [];

    public IReadOnlyList<AlertLine> Found { get; private set; } = [];

    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>();

    public Names Names { get; private set; } = null!;

    public Outlook Outlook { get; private set; } = null!;

    public Paging Paging => Paging.From(Request.Query);

    /// <summary>The lines of this page of the list, by group.</summary>
    public IEnumerable<IGrouping<string, AlertLine>> Groups => Found.Skip(Paging.Skip).Take(Paging.Size ?? int.MaxValue).GroupBy(l => l.Group);

    /// <summary>The filters in force, in words.</summary>
    public IReadOnlyList<AppliedFilter> Applied { get; private set; } = [];

    /// <summary>When the service last looked at everything; nothing when that cannot be said.</summary>
    public DateTimeOffset? CheckedAt => health.State switch { "standby" => Now, "working" => health.LastPassAt, _ => null };

    /// <summary>True when there are several for the reader that nobody has taken on.</summary>
    public bool CanTakeOnMany => View == "mine" && All.Count(l => !l.IsNotice && l.Alert.Status is Domain.Alerts.AlertStatus.Open) > 1;

    /// <summary>True for those who answer what people say is not right.</summary>
    public bool AnswersQuestions { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!AlertLines.Views.Any(v => v.Key == View))
        {
            return NotFound();
        }

        var viewer = await access.ViewerAsync(User, ct);
        All = await lines.OfAsync(viewer.Worker, await lines.AlertsAsync(viewer, View, ct), ct);
        Applied = [.. Filters()];
        Found = [.. All.Where(Passes)];
        if (Answer.WantsCsv(Request))
        {
            return await CsvAsync(viewer, ct);
        }

        Counts = new Dictionary<string, int>(await lines.CountOthersAsync(viewer, View, ct)) { [View] = All.Count };
        AnswersQuestions = viewer.AnswersQuestions;
        Outlook = await outlook.OfAsync(viewer, besideNone: All.Count == 0, ct);
        Names = await Names.ReadAsync(labels, [.. Found.Select(l => l.Alert.Child).Concat(Outlook.Unmonitored).Append(Outlook.Next?.Child ?? "").Distinct()], ct);
        return Page();
    }

    /// <summary>"9 need you: 2 overdue, 4 due soon, 3 cannot tell."</summary>
    public string Summary()
    {
        var parts = Found.GroupBy(l => l.Group).Select(g => $"{g.Count()} {AlertLine.Heading(g.Key).ToLowerInvariant()}");
        return Found.Count == 0 ? "0 alerts." : $"{Verb()}: {string.Join(", ", parts)}.";
    }

    private string Verb() => View switch
    {
        "done" => $"{Words.Counts.Of(Found.Count, "alert")} settled in the last 7 days",
        "mine" => Found.Count == 1 ? "1 needs you" : $"{Found.Count} need you",
        _ => Words.Counts.Of(Found.Count, "alert"),
    };

    private IEnumerable<AppliedFilter> Filters()
    {
        if (!string.IsNullOrWhiteSpace(Duty))
        {
            yield return new("duty", Duty, $"Duty: {All.FirstOrDefault(l => l.Alert.Rule == Duty)?.Alert.Title ?? Duty}");
        }

        if (!string.IsNullOrWhiteSpace(Status))
        {
            yield return new("status", Status, $"Status: {(All.Any(l => l.Group == Status) ? AlertLine.Heading(Status) : Status)}");
        }

        if (!string.IsNullOrWhiteSpace(Child))
        {
            yield return new("child", Child, $"Child: {Child.Trim()}");
        }

        if (!string.IsNullOrWhiteSpace(Since))
        {
            yield return new("since", Since, SinceDate is { } date ? $"Raised since: {Dates.Short(date)}" : $"Raised since: {Since} (not a date, so not used)");
        }
    }

    private DateOnly? SinceDate => DateOnly.TryParseExact(Since, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private bool Passes(AlertLine line) =>
        (string.IsNullOrWhiteSpace(Duty) || line.Alert.Rule == Duty)
        && (string.IsNullOrWhiteSpace(Status) || line.Group == Status)
        && (string.IsNullOrWhiteSpace(Child) || string.Equals(line.Alert.Child, Child.Trim(), StringComparison.OrdinalIgnoreCase))
        && (SinceDate is not { } since || London.DateOf(line.Alert.RaisedAt) >= since);

    // The export leaves the service, so it is a look at each child in it.
    private async Task<FileContentResult> CsvAsync(Viewer viewer, CancellationToken ct)
    {
        foreach (var child in Found.Select(l => l.Alert.Child).Distinct(StringComparer.Ordinal))
        {
            await log.NoteAsync(viewer.Worker, child, "alerts export", Now, ct);
        }

        string[] name = ["alerts", View, .. Applied.Select(f => $"{f.Key}-{f.Value.Trim()}"), Dates.Iso(London.DateOf(Now))];
        return File(Answer.Csv(Found.Select(AlertCsvRow.Of).ToList()), "text/csv; charset=utf-8", $"{string.Join('_', name)}.csv");
    }
}
