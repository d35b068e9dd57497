using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Children;

/// <summary>What is happening for this child, and what is next? Every look is noted before the page is given.</summary>
internal sealed class ChildModel(
    NpgsqlDataSource source, ChildAccess access, ViewReader reader, ObligationsView obligations, AlertTable alerts, ReadLog log, Labels labels, RuleBook rules, TimeProvider time)
    : PageModel
{
    private static readonly TimeSpan LooksShown = TimeSpan.FromDays(30);

    /// <summary>The parts of the page, with the words of their links.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Tabs =
        [("timeline", "Timeline"), ("deadlines", "Deadlines"), ("people", "Plan and people"), ("looks", "Who looked")];

    [BindProperty(SupportsGet = true)]
    public string Tab { get; set; } = "timeline";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "all";

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary><c>oldest</c> for oldest first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Order { get; set; }

    /// <summary>As was known at the end of this London date; nothing for now.</summary>
    [BindProperty(SupportsGet = true, Name = "asAt")]
    public string? AsAtText { get; set; }

    /// <summary>Why there is nothing to show, in words; nothing when there is.</summary>
    public string? Refused { get; private set; }

    public ChildRow Child { get; private set; } = null!;

    public Structure Structure { get; private set; } = null!;

    public Unmonitored? Stopped { get; private set; }

    public ChildPicture? Picture { get; private set; }

    public IReadOnlyList<(ObligationRow Duty, DutyStanding Standing, Obligation Source)> Duties { get; private set; } = [];

    public IReadOnlyList<ChildMoment> Moments { get; private set; } = [];

    public IReadOnlyList<Look> Looks { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    public RuleBook Rules => rules;

    public Paging Paging => Paging.From(Request.Query);

    /// <summary>The instant that the page speaks of.</summary>
    public DateTimeOffset At { get; private set; }

    public bool IsPast { get; private set; }

    public DateOnly Today => London.DateOf(At);

    public async Task<IActionResult> OnGetAsync(string child, CancellationToken ct)
    {
        if (!Tabs.Any(t => t.Key == Tab))
        {
            return NotFound();
        }

        var (row, exists) = await access.LookAsync(User, child, Tab, ct);
        if (row is null)
        {
            return exists ? Refuse() : NotFound();
        }

        Child = row;
        Structure = (await access.ViewerAsync(User, ct)).Structure;
        Names = await Names.ReadAsync(labels, [child], ct);
        Stopped = (await Unmonitored.All().AskAsync(source, ct)).GetValueOrDefault(child);
        await ReadAsync(child, AsAtDate(), ct);
        return Page();
    }

    /// <summary>The next duties due, at most five; what cannot be told comes first.</summary>
    public IEnumerable<(ObligationRow Duty, DutyStanding Standing, Obligation Source)> Next =>
        Duties.Where(d => d.Duty.Outcome is Outcome.Open).OrderBy(d => d.Duty.Due ?? DateOnly.MinValue).Take(5);

    /// <summary>"6": age in years; nothing before birth or when no date of birth is known.</summary>
    public int? Age => Child.DateOfBirth is { } born && born <= Today
        ? Today.Year - born.Year - (Today < born.AddYears(Today.Year - born.Year) ? 1 : 0) : null;

    private async Task ReadAsync(string child, DateTimeOffset? asAt, CancellationToken ct)
    {
        At = asAt ?? time.GetUtcNow();
        IsPast = asAt is not null;
        try
        {
            Picture = await reader.PictureAsync(child, asAt, ct);
        }
        catch (UnreadableEventException)
        {
            // The banner of an unmonitored child says it.
            Stopped ??= new Unmonitored(child, At, "Its record holds something that this service cannot read.");
        }

        if (Picture is not null)
        {
            var sources = Picture.Duties.ToDictionary(d => (d.Rule.Id, d.Occurrence));
            Duties =
            [
                .. obligations.Rows(Picture).Select(d => (Duty: d, Standing: DutyStanding.Of(d, Stopped is null, rules.Calendar, At), Source: sources[(d.Rule, d.Occurrence)]))
                    .OrderBy(d => d.Standing.Order).ThenBy(d => d.Duty.Due),
            ];
        }

        if (Tab is "timeline" && Picture is not null)
        {
            var told = Kind is "alerts" ? await alerts.ListAsync(null, [child], null, ct) : [];
            Moments = ChildTimeline.Of(TimelineView.Of(Picture, At), told, Kind, Date(From), Date(To), Order is "oldest");
        }

        Looks = Tab is "looks" ? await log.OfAsync(child, time.GetUtcNow() - LooksShown, ct) : [];
    }

    private DateTimeOffset? AsAtDate()
    {
        if (string.IsNullOrWhiteSpace(AsAtText))
        {
            return null;
        }

        if (Api.AsAt.TryParse(AsAtText, out var asAt) && asAt.Instant <= London.StartOf(London.DateOf(time.GetUtcNow()).AddDays(1)))
        {
            return asAt.Instant < time.GetUtcNow() ? asAt.Instant : null;
        }

        ModelState.AddModelError("asAt", $"Enter a date up to today, such as {Dates.Iso(London.DateOf(time.GetUtcNow()))}");
        return null;
    }

    private PageResult Refuse()
    {
        Refused = "You cannot see this child's record. Ask the child's team manager.";
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
