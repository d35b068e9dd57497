namespace PracticeEvents.Domain.Measures;

/// <summary>Reviews of children in care in time.</summary>
public sealed class LookedAfterReviewsInTime : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "looked-after-reviews-in-time",
        Title = "Reviews of children in care in time",
        Says = "Reviews of looked-after children held within 20 working days, then 3 months, then every 6; a child who left care before the review was due is not counted.",
        Numerator = "reviews held in time",
        Denominator = "those held in time and those whose time ran out",
        Source = "Care Planning Regulations 2010, reg 33",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["cla-review-first-20wd", "cla-review-second-3m", "cla-review-subsequent-6m"],
    };
}
