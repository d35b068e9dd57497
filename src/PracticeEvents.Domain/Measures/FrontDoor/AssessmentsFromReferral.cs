namespace PracticeEvents.Domain.Measures;

/// <summary>Assessments in 45 working days of the referral.</summary>
public sealed class AssessmentsFromReferral : AssessmentClock
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "assessments-45wd-from-referral",
        Title = "Assessments in 45 working days of the referral",
        Says = "Child and family assessments that a manager signed off within 45 working days of the referral; "
            + "one that is late counts on the day its time ran out, and one that ended without a sign-off before then is not counted.",
        Numerator = "assessments signed off in time",
        Denominator = "those signed off in time and those whose time ran out",
        Source = "Working Together 2013 to 2023; over 80% (Halton, 2022)",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = [Rule],
        Target = new(80, "Halton Executive Board, November 2022: over 80% in time"),
    };

    /// <inheritdoc/>
    protected override string Clock => "Working Together";

    /// <inheritdoc/>
    protected override string Missing => "The referral is not recorded.";
}
