using PracticeEvents.App.Forecasting;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Forecasts;

namespace PracticeEvents.App.Api;

/// <summary>What falls due for a worker of a team, day by day.</summary>
internal sealed record WorkerAheadJson(
    string? Team, string? Worker, int WorkingDays, int DaysIn, int Overdue, int Due,
    IReadOnlyList<AwayJson> Away, IReadOnlyList<DayAheadJson> Days, IReadOnlyList<DueDutyJson> Duties)
{
    public static WorkerAheadJson Of(WorkerAhead w) => new(
        w.Team, w.Worker, w.Days.Count, w.DaysIn, w.Overdue, w.Duties.Count,
        [.. w.Days.Select(d => d.Away).OfType<Absence>().Distinct().Select(a => new AwayJson(a.From, a.IsForGood ? null : a.To, a.Cover))],
        [.. w.Days.Select(d => new DayAheadJson(d.Date, w.Worker is not null && d.Away is null, d.Due, ForecastWords.Clash(d, id => id)))],
        [.. w.Duties.Select(d => DueDutyJson.Of(w, d))]);
}

/// <summary>Days away; without an end for somebody who has left.</summary>
internal sealed record AwayJson(DateOnly From, DateOnly? To, string? Cover);

/// <summary>A working day: whether the worker is in, what falls due, and what collides, a sentence.</summary>
internal sealed record DayAheadJson(DateOnly Date, bool In, int Due, string? Clash);

/// <summary>A duty that falls due. <c>PastLate</c> of <c>Past</c> like it were late from the same position; nothing when too few were.</summary>
internal sealed record DueDutyJson(
    string? Team, string? Worker, string Child, string Rule, string Title, Guid Occurrence,
    DateOnly Due, DateOnly PlanBy, int WorkingDaysToGo, bool AtRisk, IReadOnlyList<string> Because,
    int? PastLate, int? Past)
{
    public static DueDutyJson Of(WorkerAhead worker, DueDuty d) => new(
        worker.Team, worker.Worker, d.Duty.Child, d.Duty.Rule, d.Duty.Title, d.Duty.Occurrence,
        d.Duty.Due, d.Duty.PlanBy, d.ToGo, d.AtRisk, [.. ForecastWords.Risks(d)],
        d.Past?.Late, d.Past?.Of);
}

/// <summary>How forecasts between two shares (per cent) came out in the last weeks.</summary>
internal sealed record CalibrationJson(int FromPercent, int ToPercent, int Duties, double ExpectedLate, int Late)
{
    public static CalibrationJson Of(CalibrationBand band) => new(band.From, band.To, band.Duties, Math.Round(band.Expected, 1), band.Late);
}
