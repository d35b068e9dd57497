using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Children who have had to begin again with a new social worker too often.</summary>
public sealed class ChangesOfWorker : IChildMeasure
{
    private const int Many = 3;

    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "changes-of-worker",
        Title = "More than 2 changes of social worker in 12 months",
        Says = "Of children whose case is open on the last day of the period, those whose social worker changed more than twice in the 12 "
            + "months before it; the first worker of a case, and the same worker allocated again, are no change.",
        Numerator = "children with more than 2 changes in 12 months",
        Denominator = "children with an open case",
        Source = "St Helens improvement programme, September 2021; the limit is local",
        Unit = MeasureUnit.Share,
        Counting = Counting.OnTheLastDay,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        foreach (var open in Episodes.OpenCases(history))
        {
            yield return open.Case();
            foreach (var over in Over(Changes(history, open), open.To))
            {
                yield return over;
            }
        }
    }

    private static List<Fact> Changes(History history, Episode open)
    {
        string? worker = null;
        var changes = new List<Fact>();
        foreach (var fact in history.Of(EventCatalogue.Kind<CaseAllocated>()).Where(f => f.On.Date >= open.From && !(f.On.Date > open.To)))
        {
            if (fact.Event is CaseAllocated { Role: CaseRole.SocialWorker } to)
            {
                if (worker is not null && worker != to.Worker)
                {
                    changes.Add(fact);
                }

                worker = to.Worker;
            }
        }

        return changes;
    }

    // Each third change is one too many until the first of the three is 12 months old. Stretches that touch are one.
    private static List<MeasuredCase> Over(List<Fact> changes, DateOnly? closed)
    {
        var stretches = new List<MeasuredCase>();
        for (var i = Many - 1; i < changes.Count; i++)
        {
            var (from, until) = (changes[i].On.Date, changes[i - Many + 1].On.Date.AddMonths(12).AddDays(1));
            until = closed < until ? closed.Value : until;
            if (until <= from)
            {
                continue;
            }

            if (stretches is [.., var last] && last.On >= from)
            {
                stretches[^1] = last with { On = until };
            }
            else
            {
                stretches.Add(new MeasuredCase(changes[i].Id, from, until) { Part = "over", Hit = true });
            }
        }

        return stretches;
    }
}
