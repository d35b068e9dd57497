using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>The share of duties that were met in time. The duties are those that alerts are raised for: nothing is counted twice.
/// A duty counts on the day on which it was met in time, or on the day on which its time ran out, so that what is late cannot hide by staying open.
/// One that ended before its time ran out was never missed and is no case.</summary>
public abstract class DutyShare : IChildMeasure
{
    /// <inheritdoc/>
    public abstract Definition About { get; }

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        for (var i = 0; i < duties.Count; i++)
        {
            if (Counts(duties[i]) && Case(duties[i], duties[i].Due) is { } one)
            {
                yield return one;
            }
        }
    }

    /// <summary>True for a duty that the measure counts; by default one of the rules that it names.</summary>
    protected virtual bool Counts(Obligation duty) => About.Rules.Contains(duty.Rule.Id);

    /// <summary>The case that a duty is when it is due then; nothing when it ended before.</summary>
    internal static MeasuredCase? Case(Obligation duty, DueDate? dueOn, DateOnly? from = null)
    {
        var began = from ?? duty.StartedOn.Date;
        if (dueOn is not { } due)
        {
            return new MeasuredCase(duty.Occurrence, began, Latest(duty.MetOn?.Date ?? began, began))
            {
                Part = duty.Rule.Id,
                NotRecorded = duty.Because ?? "The date is not recorded.",
            };
        }

        if (duty.Outcome is Outcome.Met && !due.IsLate(duty.MetOn!.Value))
        {
            return new MeasuredCase(duty.Occurrence, began, Latest(duty.MetOn.Value.Date, began)) { Part = duty.Rule.Id, Hit = true };
        }

        return duty.Outcome is Outcome.Stopped or Outcome.Superseded && duty.EndedBy is { } end && !due.IsLate(end.On) ? null
            : new MeasuredCase(duty.Occurrence, began, Latest(due.Date, began)) { Part = duty.Rule.Id, Hit = false, AtDayEnd = true };
    }

    // What was done before it was owed counts on the day it was owed.
    private static DateOnly Latest(DateOnly a, DateOnly b) => a > b ? a : b;
}
