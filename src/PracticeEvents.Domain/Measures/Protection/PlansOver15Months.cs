using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Child protection plans over 15 months.</summary>
public sealed class PlansOver15Months : OverLimit
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "plans-over-15-months",
        Title = "Child protection plans over 15 months",
        Says = "Of child protection plans that run on the last day of the period, those that have run longer than 15 months.",
        Numerator = "plans past 15 months",
        Denominator = "plans that run",
        Source = "Walsall scrutiny panel, July 2013: senior review at 15 months",
        Unit = MeasureUnit.Share,
        Counting = Counting.OnTheLastDay,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    protected override IEnumerable<Episode> Episodes(History history) => Measures.Episodes.ProtectionPlans(history);

    /// <inheritdoc/>
    protected override DateOnly FirstDayOver(DateOnly from) => from.AddMonths(15).AddDays(1);
}
