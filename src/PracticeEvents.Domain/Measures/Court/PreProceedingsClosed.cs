using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>How long pre-proceedings lasted that ended.</summary>
public sealed class PreProceedingsClosed : Closed
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "pre-proceedings-12w-kpi",
        Title = "Weeks in pre-proceedings, ended",
        Says = "Weeks from the decision to start pre-proceedings to the decision to end them or the issue of proceedings, "
            + "of those that ended in the period; those that still run are a measure of their own.",
        Numerator = "weeks, added up",
        Denominator = "pre-proceedings that ended",
        Source = "St Helens improvement programme, September 2021: 12 weeks on average, open and ended apart",
        Unit = MeasureUnit.Weeks,
        Better = Better.Lower,
        Target = new(12, "St Helens improvement programme, September 2021: 12 weeks on average"),
    };

    /// <inheritdoc/>
    protected override IEnumerable<Episode> Episodes(History history) => Measures.Episodes.PreProceedings(history);
}
