namespace PracticeEvents.Domain.Measures;

/// <summary>Care proceedings concluded in 26 weeks.</summary>
public sealed class ProceedingsIn26Weeks : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "proceedings-in-26-weeks",
        Title = "Care proceedings concluded in 26 weeks",
        Says = "Care proceedings concluded within 26 weeks of issue, or by the date to which the court extended them where it did; "
            + "proceedings that still run are counted once that time has run out.",
        Numerator = "proceedings concluded in time",
        Denominator = "those concluded in time and those whose time ran out",
        Source = "Children Act 1989, s32(1)(a); St Helens improvement programme, September 2021",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["proceedings-26w"],
    };
}
