using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>The length of what ended in a period, in days.</summary>
public abstract class Closed : IChildMeasure
{
    /// <inheritdoc/>
    public abstract Definition About { get; }

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar) =>
        Episodes(history).Select(e => e.Case() with { Value = e.To?.DayNumber - e.From.DayNumber });

    /// <summary>What ended, and what runs still.</summary>
    protected abstract IEnumerable<Episode> Episodes(History history);
}
