using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>How long it takes until what was done is on the record.</summary>
public sealed class RecordingLag : IChildMeasure
{
    private static readonly IReadOnlyList<EventKind> Counted =
    [
        EventCatalogue.Kind<VisitRecorded>(), EventCatalogue.Kind<StrategyDiscussionHeld>(),
        EventCatalogue.Kind<InitialConferenceHeld>(), EventCatalogue.Kind<ReviewConferenceHeld>(),
        EventCatalogue.Kind<CoreGroupHeld>(), EventCatalogue.Kind<LookedAfterReviewHeld>(), EventCatalogue.Kind<AssessmentSignedOff>(), EventCatalogue.Kind<LegalGatewayHeld>(),
    ];

    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "recording-lag-days",
        Title = "Days until it is recorded",
        Says = "Calendar days from a visit, strategy discussion, conference, core group, review, sign-off or gateway panel to the day it "
            + "was recorded, counted on that day; where the case system does not say when that was, it is not recorded.",
        Numerator = "days until recording, added up",
        Denominator = "events of which it is known when they were recorded",
        Source = "St Helens improvement programme, September 2021: gateway decisions on the system by the end of the day; Walsall scrutiny panel, July 2013: late entries",
        Unit = MeasureUnit.Days,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar) => Counted.SelectMany(history.Of).Select(Case);

    // A fact of which nobody said when it was recorded carries the instant at which it was received.
    private static MeasuredCase Case(Fact fact)
    {
        var (happened, recorded) = (fact.On.Date, London.DateOf(fact.RecordedAt));
        var one = new MeasuredCase(fact.Id, happened, recorded < happened ? happened : recorded);
        return fact.RecordedAt == fact.ReceivedAt
            ? one with { NotRecorded = "The case system does not say when it was recorded." }
            : one with { Value = one.On!.Value.DayNumber - happened.DayNumber };
    }
}
