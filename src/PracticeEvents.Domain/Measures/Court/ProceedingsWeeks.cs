using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>How long care proceedings lasted that were concluded.</summary>
public sealed class ProceedingsWeeks : Closed
{
    /// <inheritdoc/>
    public override Definition About { get; } = new()
    {
        Id = "proceedings-weeks",
        Title = "Weeks in care proceedings, concluded",
        Says = "Weeks from the issue of care proceedings to their conclusion, of those concluded in the period; proceedings that still run wait.",
        Numerator = "weeks, added up",
        Denominator = "proceedings concluded",
        Source = "St Helens improvement programme, September 2021",
        Unit = MeasureUnit.Weeks,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    protected override IEnumerable<Episode> Episodes(History history) => Measures.Episodes.Proceedings(history);
}
