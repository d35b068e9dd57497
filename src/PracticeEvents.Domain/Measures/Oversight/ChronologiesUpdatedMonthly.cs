namespace PracticeEvents.Domain.Measures;

/// <summary>Chronologies brought up to date every month.</summary>
public sealed class ChronologiesUpdatedMonthly : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "chronology-months",
        Title = "Chronologies brought up to date every month",
        Says = "Months in which the chronology of an open case was brought up to date, counted from the last time that it was; "
            + "a case that closed before the month was over is not counted.",
        Numerator = "updates made within the month",
        Denominator = "those and the months that passed without one",
        Source = "Walsall scrutiny panel, July 2013",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["chronology-monthly"],
    };
}
