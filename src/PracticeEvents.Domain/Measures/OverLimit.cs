using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Of what runs on the last day of a period, the share that has run longer than a limit.</summary>
public abstract class OverLimit : IChildMeasure
{
    /// <inheritdoc/>
    public abstract Definition About { get; }

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        foreach (var episode in Episodes(history))
        {
            yield return episode.Case();
            if (episode.Over(FirstDayOver(episode.From)) is { } over)
            {
                yield return over;
            }
        }
    }

    /// <summary>What runs.</summary>
    protected abstract IEnumerable<Episode> Episodes(History history);

    /// <summary>The first London date past the limit, counted from the date on which it began.</summary>
    protected abstract DateOnly FirstDayOver(DateOnly from);
}
