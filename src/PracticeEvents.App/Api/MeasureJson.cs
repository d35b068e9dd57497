using PracticeEvents.App.Measuring;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Api;

/// <summary>A measure's figure for a period. <c>asReportedThen</c> and <c>casesThatDiffer</c> are given when <c>asAt</c> was.</summary>
internal sealed record FigureJson(
    string Measure, string Title, string Says, MeasureUnit Unit, DateOnly From, DateOnly To, string? Team, Figure AsKnownNow, Figure? AsReportedThen, int? CasesThatDiffer,
    decimal? Target, string? TargetSource, string Source)
{
    /// <summary>The figure as the contract has it.</summary>
    public static FigureJson Of(Measured m) => new(
        m.About.Id, m.About.Title, m.About.Says, m.About.Unit, m.Period.From, m.Period.To, m.Team, m.AsKnownNow, m.AsReportedThen, m.CasesThatDiffer, m.About.Target?.Value,
        m.About.Target?.Source, m.About.Source);
}

/// <summary>A row of the figures as CSV: one for what is known now, and one for what was reported then.</summary>
internal sealed record FigureLine(
    string Measure, string Title, MeasureUnit Unit, DateOnly From, DateOnly To, string? Team, string Known, decimal Numerator, int Denominator, int Waiting, int NotRecorded,
    decimal? Percent, decimal? Mean, decimal? Median, decimal? Target, bool? TargetMet, int? CasesThatDiffer)
{
    /// <summary>The rows of a figure.</summary>
    public static IEnumerable<FigureLine> Of(Measured m)
    {
        yield return Of(m, "now", m.AsKnownNow);
        if (m.AsReportedThen is { } then)
        {
            yield return Of(m, "then", then);
        }
    }

    private static FigureLine Of(Measured m, string known, Figure f) => new(
        m.About.Id, m.About.Title, m.About.Unit, m.Period.From, m.Period.To, m.Team, known, f.Numerator, f.Denominator, f.Waiting, f.NotRecorded, f.Percent, f.Mean, f.Median,
        m.About.Target?.Value, f.TargetMet, m.CasesThatDiffer);
}

/// <summary>A case of a child's that stands in a period. <c>counted</c>: false while it waits. <c>inNumerator</c>: nothing for lengths.</summary>
internal sealed record CaseJson(string Child, string? Duty, DateOnly From, DateOnly? On, bool Counted, bool? InNumerator, int? Days, string? NotRecorded, string? Team)
{
    /// <summary>The case as the contract has it.</summary>
    public static CaseJson Of(MeasuredRow row, CaseStanding standing) => new(
        row.Child, row.Part.Length > 0 ? row.Part : null, row.FromOn, row.OnDate, standing.Counted, standing.Hit, standing.Value, row.NotRecorded, row.Team);
}
