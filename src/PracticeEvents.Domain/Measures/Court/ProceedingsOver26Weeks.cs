using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Care proceedings that run longer than 26 weeks.</summary>
public sealed class ProceedingsOver26Weeks : OverLimit
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "proceedings-over-26-weeks",
        Title = "Care proceedings that run longer than 26 weeks",
        Says = "Of care proceedings that run on the last day of the period, those past the 26 weeks that begin with the day of issue, whether or not the court gave longer.",
        Numerator = "proceedings past 26 weeks",
        Denominator = "proceedings that run",
        Source = "Children Act 1989, s32(1)(a); St Helens improvement programme, September 2021",
        Unit = MeasureUnit.Share,
        Counting = Counting.OnTheLastDay,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    protected override IEnumerable<Episode> Episodes(History history) => Measures.Episodes.Proceedings(history);

    /// <inheritdoc/>
    protected override DateOnly FirstDayOver(DateOnly from) => from.AddDays(26 * 7);
}
