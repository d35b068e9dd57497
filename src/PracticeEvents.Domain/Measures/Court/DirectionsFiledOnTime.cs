namespace PracticeEvents.Domain.Measures;

/// <summary>Court directions filed on time.</summary>
public sealed class DirectionsFiledOnTime : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "directions-filed-on-time",
        Title = "Court directions filed on time",
        Says = "What the court directed to be filed, filed on or before the date that the court set; the date is never worked out.",
        Numerator = "directions filed on time",
        Denominator = "those filed on time and those whose date passed",
        Source = "Public law outline; St Helens improvement programme, September 2021",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["court-direction"],
    };
}
