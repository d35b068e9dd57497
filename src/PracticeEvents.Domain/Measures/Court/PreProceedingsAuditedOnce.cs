using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Children who were audited at least once before pre-proceedings ended.</summary>
public sealed class PreProceedingsAuditedOnce : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "pre-pro-audited-once",
        Title = "Every child in pre-proceedings audited once",
        Says = "Of pre-proceedings that ended in the period, those in which the child's case was audited at least once before they ended; "
            + "those that run and were audited already count when they end.",
        Numerator = "ended after at least one audit",
        Denominator = "pre-proceedings that ended",
        Source = "St Helens improvement programme, September 2021: every child audited once",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Target = new(100, "St Helens improvement programme, September 2021: every child"),
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar) =>
        Episodes.PreProceedings(history).Select(episode => episode.Case() with
        {
            Hit = history.Of(EventCatalogue.Kind<PloAuditCompleted>()).Any(a => a.On.Date >= episode.From && !(a.On.Date > episode.To)),
        });
}
