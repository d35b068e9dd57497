namespace PracticeEvents.Domain.Measures;

/// <summary>Initial conferences in 15 working days.</summary>
public sealed class ConferencesFromStrategyDiscussions : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "strategy-to-conference-15wd",
        Title = "Initial conferences in 15 working days",
        Says = "Initial child protection conferences held within 15 working days of the strategy discussion that began the enquiry; "
            + "enquiries that needed no conference, and children who moved in with a plan, are not counted.",
        Numerator = "conferences held in time",
        Denominator = "conferences held in time and conferences whose time ran out",
        Source = "Working Together; C7 of the councils' reports (Halton, 2022)",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["icpc-15wd"],
        Target = new(80, "Halton Executive Board, November 2022: 80% over July to September"),
    };
}
