namespace PracticeEvents.Domain.Measures;

/// <summary>Child in need visits in time.</summary>
public sealed class NeedVisitsInTime : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "need-visits-in-time",
        Title = "Child in need visits in time",
        Says = "Visits to children with a child in need plan made in time with the child seen; "
            + "a visit where the child was not seen does not count, and a plan that ended before the visit was due is not counted.",
        Numerator = "visits made in time",
        Denominator = "those made in time and those whose time ran out",
        Source = "Local visiting standard; visit frequency (Halton, 2022)",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["cin-visit"],
    };
}
