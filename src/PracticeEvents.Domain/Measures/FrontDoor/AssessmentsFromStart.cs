namespace PracticeEvents.Domain.Measures;

/// <summary>Assessments in 45 working days of their start.</summary>
public sealed class AssessmentsFromStart : AssessmentClock
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "assessments-45wd-from-start",
        Title = "Assessments in 45 working days of their start",
        Says = "Child and family assessments that a manager signed off within 45 working days of the start of the assessment, "
            + "as the Children in Need census counts; one that is late counts on the day its time ran out, and one that ended without a "
            + "sign-off before then is not counted.",
        Numerator = "assessments signed off in time",
        Denominator = "those signed off in time and those whose time ran out",
        Source = "Children in Need census, N00159 and N00160",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = [Rule],
        Target = new(80, "Halton Executive Board, November 2022: over 80% in time"),
    };

    /// <inheritdoc/>
    protected override string Clock => "census";

    /// <inheritdoc/>
    protected override string Missing => "The start of the assessment is not recorded.";
}
