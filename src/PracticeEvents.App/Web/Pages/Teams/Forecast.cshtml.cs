using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Children;
using PracticeEvents.App.Forecasting;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Forecasts;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>What falls due in a team, who is in, and what needs an arrangement before it is late?</summary>
[Authorize]
internal sealed class ForecastModel(ForecastReader reader, PastRoundsReader past, StructureReader structures, Labels labels, ReadLog log, TimeProvider time) : PageModel
{
    public string Team { get; private set; } = "";

    public string? Refused { get; private set; }

    public Forecast Forecast { get; private set; } = null!;

    public IReadOnlyList<CalibrationBand> Calibration { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public bool IsAsAt { get; private set; }

    public int Days { get; private set; } = ForecastApi.Usual;

    /// <summary>Whoever has something due or is away, and nobody first.</summary>
    public IEnumerable<WorkerAhead> Workers => Forecast.Workers.OrderBy(w => w.Worker is not null)
        .ThenBy(w => Names.Worker(w.Worker), ByName.Order).ThenBy(w => w.Worker, StringComparer.Ordinal);

    /// <summary>Duties at risk, the earliest first, with the worker they are with.</summary>
    public IEnumerable<DueDuty> AtRisk => Forecast.Workers.SelectMany(w => w.Duties).Where(d => d.AtRisk)
        .OrderBy(d => d.Duty.Due).ThenBy(d => d.Duty.Child, StringComparer.Ordinal);

    /// <summary>Days on which something collides, the earliest first.</summary>
    public IEnumerable<(WorkerAhead Worker, DayAhead Day)> Clashes =>
        from worker in Workers where worker.Worker is not null from day in worker.Days where day.Clashes orderby day.Date select (worker, day);

    public string Sentence =>
        $"{Counts.Of(Forecast.Workers.Sum(w => w.Duties.Count), "duty falls", "duties fall")} due by {Dates.Long(Forecast.Days[^1])}. "
        + $"{Counts.Of(AtRisk.Count(), "is", "are")} at risk. {Counts.Of(Clashes.Count(), "clash", "clashes")}. {Forecast.Workers.Sum(w => w.Overdue)} overdue already.";

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

        if (ForecastApi.DaysOf(Request.Query["workingDays"]) is { } days)
        {
            Days = days;
        }
        else
        {
            ModelState.AddModelError("workingDays", $"Enter a whole number of working days from 1 to {ForecastApi.Most}");
        }

        (Now, IsAsAt) = (asAt.Or(time), asAt.Instant is not null);
        Forecast = await reader.TakeAsync(User, id, null, Days, asAt.Instant, ct);
        if (Answer.WantsCsv(Request))
        {
            var duties = Forecast.Workers.SelectMany(w => w.Duties.Select(d => DueDutyJson.Of(w, d))).ToList();
            await log.NoteAllAsync(viewer.Worker, [.. duties.Select(d => d.Child)], "forecast csv", time.GetUtcNow(), ct);
            return File(Answer.Csv(duties), "text/csv; charset=utf-8", $"forecast-{id}-{Dates.Iso(London.DateOf(Now))}.csv");
        }

        Calibration = await past.CalibrateAsync(asAt.Instant, ct);
        Names = await Names.ReadAsync(labels, [.. Forecast.Workers.SelectMany(w => w.Duties).Select(d => d.Duty.Child).Distinct()], ct);
        return Page();
    }
}
