using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>How often an assessment goes back to its author before it is signed off. Returns are learning, not failure.</summary>
public sealed class ReworkBeforeSignOff : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "rework-before-sign-off",
        Title = "Times an assessment went back before sign-off",
        Says = "How often a manager sent an assessment back before signing it off, for each assessment signed off; those not signed off yet wait.",
        Numerator = "returns, added up",
        Denominator = "assessments signed off",
        Source = "St Helens improvement programme, September 2021: quality is checked before work is concluded",
        Unit = MeasureUnit.Times,
        Better = Better.Neither,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        var open = new List<(Fact Start, int Returns)>();
        foreach (var fact in history.Facts)
        {
            var own = open.FindIndex(a => a.Start.Event.Ref is null || fact.Event.Ref is null || a.Start.Event.Ref == fact.Event.Ref);
            switch (fact.Event)
            {
                case AssessmentStarted:
                    open.Add((fact, 0));
                    break;
                case AssessmentReturned when own >= 0:
                    open[own] = (open[own].Start, open[own].Returns + 1);
                    break;
                case AssessmentSignedOff when own >= 0:
                    yield return new MeasuredCase(open[own].Start.Id, open[own].Start.On.Date, fact.On.Date) { Value = open[own].Returns };
                    open.RemoveAt(own);
                    break;
                case CaseClosed or ChildDied:
                    open.Clear();
                    break;
                default:
                    break;
            }
        }

        foreach (var (start, _) in open)
        {
            yield return new MeasuredCase(start.Id, start.On.Date, null);
        }
    }
}
