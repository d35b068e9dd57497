using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Child protection plans of 2 years or more.</summary>
public sealed class PlansOver24Months : OverLimit
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "plans-over-24-months",
        Title = "Child protection plans of 2 years or more",
        Says = "Of child protection plans that run on the last day of the period, those that have run for 24 months or longer.",
        Numerator = "plans of 24 months or more",
        Denominator = "plans that run",
        Source = "Department for Education key indicator: plans of 2 years or more",
        Unit = MeasureUnit.Share,
        Counting = Counting.OnTheLastDay,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    protected override IEnumerable<Episode> Episodes(History history) => Measures.Episodes.ProtectionPlans(history);

    /// <inheritdoc/>
    protected override DateOnly FirstDayOver(DateOnly from) => from.AddMonths(24);
}
