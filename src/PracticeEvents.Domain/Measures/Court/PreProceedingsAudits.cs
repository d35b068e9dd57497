using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>The monthly audit of half of all children in pre-proceedings.</summary>
public sealed class PreProceedingsAudits : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "pre-pro-audit-50",
        Title = "Pre-proceedings audited each month",
        Says = "Of the children who were in pre-proceedings on the first of a month, those audited in that month, each once a month; "
            + "a period is the sum of its months, and a month that is not over waits.",
        Numerator = "children audited in the month",
        Denominator = "children in pre-proceedings on the first of the month",
        Source = "St Helens improvement programme, September 2021: half of the whole cohort each month",
        Unit = MeasureUnit.Share,
        Counting = Counting.EachMonth,
        Better = Better.Higher,
        Target = new(50, "St Helens improvement programme, September 2021: 50%, rounded up"),
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        foreach (var episode in Episodes.PreProceedings(history))
        {
            yield return episode.Case();
            var audits = history.Of(EventCatalogue.Kind<PloAuditCompleted>()).Where(a => a.On.Date >= episode.From && !(a.On.Date > episode.To));
            foreach (var audit in audits.DistinctBy(a => (a.On.Date.Year, a.On.Date.Month)).Where(a => episode.From <= a.On.Date.AddDays(1 - a.On.Date.Day)))
            {
                yield return new MeasuredCase(audit.Id, audit.On.Date, audit.On.Date) { Hit = true };
            }
        }
    }
}
