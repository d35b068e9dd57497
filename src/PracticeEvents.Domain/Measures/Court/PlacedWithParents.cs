using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Children in care proceedings who live with a parent: a list to look at every week.</summary>
public sealed class PlacedWithParents : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "placed-with-parents-monitoring",
        Title = "Placed with parents in proceedings",
        Says = "Looked-after children who on the last day of the period are placed with a parent while care proceedings run; the list names each child by reference.",
        Numerator = "children placed with a parent in proceedings",
        Denominator = "the same children: this is a list and not a share",
        Source = "St Helens improvement programme, September 2021; Walsall scrutiny panel, July 2013",
        Unit = MeasureUnit.Number,
        Counting = Counting.OnTheLastDay,
        Better = Better.Neither,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar) =>
        from placed in Episodes.WithParents(history)
        from court in Episodes.Proceedings(history)
        let stretch = new Episode(placed.From > court.From ? placed.Start : court.Start, Earlier(placed, court))
        where !(stretch.To < stretch.From)
        select stretch.Case() with { Part = placed.Start.Id.ToString("N") };

    private static Events.Fact? Earlier(Episode a, Episode b) => a.To is null ? b.End : b.To is null || a.To <= b.To ? a.End : b.End;
}
