using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Visits on which the child was seen alone.</summary>
public sealed class ChildrenSeenAlone : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "seen-alone",
        Title = "Children seen alone on visits",
        Says = "Of visits on which the child was seen, under a child protection plan, a child in need plan or in care, "
            + "those on which the child was seen alone; where nothing says so and no reason is given, it is not recorded.",
        Numerator = "visits on which the child was seen alone",
        Denominator = "visits on which the child was seen, and it is recorded whether alone",
        Source = "Walsall scrutiny panel, July 2013; Ofsted Annex A, list 7",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar) =>
        from fact in history.Of(EventCatalogue.Kind<VisitRecorded>())
        let visit = (VisitRecorded)fact.Event
        where visit is { Seen: true, Purpose: VisitPurpose.ChildProtection or VisitPurpose.ChildInNeed or VisitPurpose.LookedAfter }
        let one = new MeasuredCase(fact.Id, fact.On.Date, fact.On.Date)
        select visit is { SeenAlone: false, ReasonNotAlone: null }
            ? one with { NotRecorded = "It is not recorded whether the child was seen alone." }
            : one with { Hit = visit.SeenAlone };
}
