using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Assessments signed off in time by one of their two clocks. Alerts go by the earlier; the two figures are read apart.</summary>
public abstract class AssessmentClock : IChildMeasure
{
    /// <summary>The rule whose duties are measured.</summary>
    protected const string Rule = "cfa-45wd";

    /// <inheritdoc/>
    public abstract Definition About { get; }

    /// <summary>The clock, as the rule names it.</summary>
    protected abstract string Clock { get; }

    /// <summary>What is not recorded when a finished assessment has no such clock.</summary>
    protected abstract string Missing { get; }

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        foreach (var duty in duties.Where(d => d.Rule.Id == Rule))
        {
            if (duty.Calculation.Clocks.FirstOrDefault(c => c.Name == Clock) is { } reading)
            {
                if (DutyShare.Case(duty, reading.Due, reading.From.Date) is { } one)
                {
                    yield return one;
                }
            }
            else if (duty.MetOn is { } met)
            {
                yield return new MeasuredCase(duty.Occurrence, duty.StartedOn.Date, met.Date) { Part = Rule, NotRecorded = Missing };
            }
        }
    }
}
