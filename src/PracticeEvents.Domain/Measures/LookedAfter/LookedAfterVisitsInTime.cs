using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Statutory visits to children in care made in time, whichever interval applies to the child.</summary>
public sealed class LookedAfterVisitsInTime : DutyShare
{
    private const string EveryInterval = "cla-visit-";

    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "looked-after-visits-in-time",
        Title = "Visits to children in care in time",
        Says = "Statutory visits to looked-after children made in time with the child seen, at the interval that applies to each child; "
            + "a visit where the child was not seen does not count, and one that a new placement took the place of is not counted.",
        Numerator = "visits made in time",
        Denominator = "those made in time and those whose time ran out",
        Source = "Care Planning Regulations 2010, reg 28",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["cla-visit-first-week", "cla-visit-6w"],
    };

    /// <inheritdoc/>
    protected override bool Counts(Obligation duty) => duty.Rule.Id.StartsWith(EveryInterval, StringComparison.Ordinal) && !duty.Edition.IsNotice;
}
