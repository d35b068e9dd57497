using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Whether mid-point checks happened at all, not only whether they were due.</summary>
public sealed class MidPointChecks : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "mid-point-checks-done",
        Title = "Mid-point checks done",
        Says = "Half-way points between two conferences or reviews at which a check was recorded before the next one, late or not; "
            + "a cycle that ended before its half-way point is not counted, and one that runs without a check waits.",
        Numerator = "cycles with a check",
        Denominator = "cycles with a check, and cycles that ended without one after their half-way point",
        Source = "St Helens improvement programme, September 2021; IRO Handbook",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        foreach (var half in duties.Where(d => d.Edition.Cycle is not null && !d.Edition.IsNotice))
        {
            var one = new MeasuredCase(half.Occurrence, half.StartedOn.Date, null) { Part = half.Rule.Id };
            if (half.Due is not { } due)
            {
                yield return one with { On = half.StartedOn.Date, NotRecorded = half.Because ?? "The date is not recorded." };
            }
            else if (half.MetOn is { } met)
            {
                yield return one with { On = met.Date, Hit = true };
            }
            else if (half.Outcome is Outcome.Open)
            {
                yield return one;
            }
            else if (half.EndedBy is { } end && due.IsLate(end.On))
            {
                yield return one with { On = end.On.Date, Hit = false };
            }
        }
    }
}
