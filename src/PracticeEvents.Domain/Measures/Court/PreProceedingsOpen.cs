using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>How long pre-proceedings have lasted that still run.</summary>
public sealed class PreProceedingsOpen : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "pre-proceedings-weeks-open",
        Title = "Weeks in pre-proceedings, open",
        Says = "Weeks from the decision to start pre-proceedings to the last day of the period, of those that run on that day.",
        Numerator = "weeks so far, added up",
        Denominator = "pre-proceedings that run",
        Source = "St Helens improvement programme, September 2021: 12 weeks on average, open and ended apart",
        Unit = MeasureUnit.Weeks,
        Counting = Counting.OnTheLastDay,
        Better = Better.Lower,
        Target = new(12, "St Helens improvement programme, September 2021: 12 weeks on average"),
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar) => Episodes.PreProceedings(history).Select(e => e.Case());
}
