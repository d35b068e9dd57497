namespace PracticeEvents.Domain.Events;

/// <summary>One recorded event of a child's history, with the clocks that the architecture keeps apart.</summary>
/// <param name="Id">Stable identity of the event, made from its source and its id there: the same whatever order things arrive in.</param>
/// <param name="Source">The CloudEvents source: who said it.</param>
/// <param name="EventId">The CloudEvents id: unique within the source.</param>
/// <param name="Event">What happened.</param>
/// <param name="RecordedAt">When the worker recorded it in the case system (UTC instant); when not said, when it was received.</param>
/// <param name="ReceivedAt">When this service was told (UTC instant). As-at questions use this one.</param>
/// <param name="Position">Place in the order of everything received.</param>
public sealed record Fact(
    Guid Id, string Source, string EventId, PracticeEvent Event, DateTimeOffset RecordedAt, DateTimeOffset ReceivedAt, long Position = 0)
{
    /// <summary>The stored name of the event's type, such as <c>visit_recorded</c>.</summary>
    public string Type => EventCatalogue.KindOf(Event).Alias;

    /// <summary>When it happened in practice.</summary>
    public Happened On => Event.On;
}
