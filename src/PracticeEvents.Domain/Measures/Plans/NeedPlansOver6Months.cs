using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Child in need plans over 6 months.</summary>
public sealed class NeedPlansOver6Months : OverLimit
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "need-plans-over-6-months",
        Title = "Child in need plans over 6 months",
        Says = "Of child in need plans that run on the last day of the period, those that have run longer than 6 months.",
        Numerator = "plans past 6 months",
        Denominator = "plans that run",
        Source = "Walsall scrutiny panel, July 2013: review of child in need plans over 6 months",
        Unit = MeasureUnit.Share,
        Counting = Counting.OnTheLastDay,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    protected override IEnumerable<Episode> Episodes(History history) => Measures.Episodes.NeedPlans(history);

    /// <inheritdoc/>
    protected override DateOnly FirstDayOver(DateOnly from) => from.AddMonths(6).AddDays(1);
}
