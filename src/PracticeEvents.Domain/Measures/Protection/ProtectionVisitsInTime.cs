namespace PracticeEvents.Domain.Measures;

/// <summary>Child protection visits in time.</summary>
public sealed class ProtectionVisitsInTime : DutyShare
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "protection-visits-in-time",
        Title = "Child protection visits in time",
        Says = "Visits to children on a child protection plan made in time with the child seen; "
            + "a visit where the child was not seen does not count, and a plan that ended before the visit was due is not counted.",
        Numerator = "visits made in time",
        Denominator = "those made in time and those whose time ran out",
        Source = "Local visiting standard; visit frequency (Halton, 2022; Walsall, 2013)",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Rules = ["cp-visit"],
    };
}
