using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Web.Pages.Teams;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Reviews;

/// <summary>Is each plan on course between reviews, and did anyone answer? For reviewing officers and chairs, and for any reader the children they may see.</summary>
[Authorize]
internal sealed class IndexModel(Pictures pictures, RuleBook rules, Labels labels, ReadLog log, TimeProvider time) : PageModel
{
    private const int WeeksAhead = 4;

    private IReadOnlyList<ReviewRow> all = [];

    public IReadOnlyList<ReviewRow> Rows { get; private set; } = [];

    public IReadOnlyList<ReviewWeek> Weeks { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public bool IsAsAt { get; private set; }

    public Paging Paging { get; private set; }

    public string? Cycle { get; private set; }

    public string? Status { get; private set; }

    public bool Mine { get; private set; }

    public bool HasNone => all.Count == 0;

    public WorkingDays Calendar => rules.Calendar;

    public DateOnly Today => London.DateOf(Now);

    public string Sentence =>
        $"{Counts.Of(all.Select(r => r.Child).Distinct().Count(), "child", "children")}. "
        + $"{Counts.Of(all.Count(r => r.NextStatus is Domain.Timescales.Status.Overdue), "review")} overdue, "
        + $"{all.Count(r => r.NextStatus is not Domain.Timescales.Status.Overdue && r.NextDue is { } due && due >= Today && due <= Today.AddDays(7 * WeeksAhead))}"
        + $" due in {WeeksAhead} weeks. "
        + $"{Counts.Of(all.Count(r => r.Check is Domain.Timescales.Status.Overdue or Domain.Timescales.Status.DueSoon), "mid-point check")} due. "
        + $"{Counts.Of(all.Count(r => r.IsUnanswered), "challenge")} unanswered.";

    public string Found => $"{Counts.Of(Rows.Count, "review cycle")}, {Rows.Count(r => r.NextStatus is Domain.Timescales.Status.Overdue)} with the review overdue";

    public IReadOnlyList<AppliedFilter> Applied =>
    [
        .. Cycle is null ? Array.Empty<AppliedFilter>() : [new("cycle", Cycle, $"Cycle: {ReviewRow.Cycles[Cycle]}")],
        .. Status is null ? Array.Empty<AppliedFilter>() : [new("status", Status, $"Review or mid-point check: {StatusWord.For(Status).Word}")],
        .. Mine ? [new AppliedFilter("mine", "yes", "Only mine")] : Array.Empty<AppliedFilter>(),
    ];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var asAt = AsAt.OfPage(Request.Query, ModelState);

        (Now, IsAsAt, Paging) = (asAt.Or(time), asAt.Instant is not null, Paging.From(Request.Query));
        Cycle = ReviewRow.Cycles.Keys.FirstOrDefault(c => c == Request.Query["cycle"]);
        Status = StatusWord.All.FirstOrDefault(s => s.Code == Request.Query["status"])?.Code;
        Mine = Request.Query["mine"] == "yes";

        var picture = await pictures.TakeAsync(User, asAt.Instant, null, null, ct);
        all = ReviewRow.Of(picture, rules, Now);
        Rows = Sorted(all.Where(r => Wanted(r, picture.Viewer.Worker)));
        Weeks = ReviewWeek.Next(Rows, Calendar, Today);
        if (!Answer.WantsCsv(Request))
        {
            Names = await Names.ReadAsync(labels, [.. Rows.Select(r => r.Child)], ct);
            return Page();
        }

        await log.NoteAllAsync(picture.Viewer.Worker, [.. Rows.Select(r => r.Child)], "reviews csv", time.GetUtcNow(), ct);
        return File(
            Answer.Csv(Rows.ToList()), "text/csv; charset=utf-8",
            string.Join('-', new[] { "reviews", Cycle, Status, Mine ? "mine" : null, Dates.Iso(Today) }.OfType<string>()) + ".csv");
    }

    /// <summary>What follows the word of the next review: "by 3 working days".</summary>
    public string? Detail(Status status, DateOnly? due) => (status, due) switch
    {
        (Domain.Timescales.Status.Overdue, { } date) => Dates.ByWorkingDays(Calendar.Between(date, Today)),
        (Domain.Timescales.Status.DueSoon, { } date) when date >= Today => Dates.InWorkingDays(Calendar.Between(Today, date)),
        _ => null,
    };

    private bool Wanted(ReviewRow row, string worker) =>
        (Cycle is null || row.Cycle == Cycle)
        && (Status is null || Code(row.NextStatus) == Status || (row.Check is { } check && Code(check) == Status))
        && (!Mine || row.IsOf(worker));

    private List<ReviewRow> Sorted(IEnumerable<ReviewRow> rows) => Request.Query["sort"].ToString() switch
    {
        "child" => [.. rows.OrderBy(r => r.Child, StringComparer.Ordinal)],
        "-child" => [.. rows.OrderByDescending(r => r.Child, StringComparer.Ordinal)],
        "next" => [.. rows.OrderBy(r => r.NextDue ?? DateOnly.MinValue)],
        "-next" => [.. rows.OrderByDescending(r => r.NextDue ?? DateOnly.MinValue)],
        "half" => [.. rows.OrderBy(r => r.HalfWay ?? DateOnly.MaxValue)],
        "-half" => [.. rows.OrderByDescending(r => r.HalfWay ?? DateOnly.MinValue)],
        _ => [.. rows.OrderBy(Urgency).ThenByDescending(r => r.IsUnanswered).ThenBy(r => r.NextDue).ThenBy(r => r.Child, StringComparer.Ordinal)],
    };

    private static int Urgency(ReviewRow row) =>
        Math.Min(DutyLine.UrgencyOf(row.NextStatus), row.Check is { } check ? DutyLine.UrgencyOf(check) : int.MaxValue);

    private static string Code(Status status) => EventName.Word(status.ToString());
}
