namespace PracticeEvents.Domain.Measures;

/// <summary>Review conferences in time.</summary>
public sealed class ReviewConferencesInTime : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "review-conferences-in-time",
        Title = "Review conferences in time",
        Says = "Review child protection conferences held within 3 months of the first conference and 6 months of each later one; "
            + "a plan that ended before its review was due is not counted.",
        Numerator = "review conferences held in time",
        Denominator = "those held in time and those whose time ran out",
        Source = "Working Together; plan review timeliness (Walsall scrutiny panel, July 2013)",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["cp-review-first-3m", "cp-review-subsequent-6m"],
    };
}
