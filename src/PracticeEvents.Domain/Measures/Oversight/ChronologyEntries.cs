using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Updates of chronologies.</summary>
public sealed class ChronologyEntries : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "chronology-entries",
        Title = "Updates of chronologies",
        Says = "How often a chronology was brought up to date in the period, every update counted.",
        Numerator = "updates",
        Denominator = "the same updates: this is a number and not a share",
        Source = "Walsall scrutiny panel, July 2013: 344, 558, 708 and 648 in successive months",
        Unit = MeasureUnit.Number,
        Better = Better.Higher,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar) =>
        history.Of(EventCatalogue.Kind<ChronologyUpdated>()).Select(f => new MeasuredCase(f.Id, f.On.Date, f.On.Date));
}
