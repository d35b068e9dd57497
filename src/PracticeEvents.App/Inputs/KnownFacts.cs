using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads facts back from the log, to compare with what a feed says today.</summary>
internal static class KnownFacts
{
    /// <summary>Every fact of these children's streams, by child; a child without events has an empty list.</summary>
    public static async Task<Dictionary<string, List<Fact>>> OfChildrenAsync(EventStore store, IEnumerable<string> children, CancellationToken ct)
    {
        var wanted = children.Distinct(StringComparer.Ordinal).ToList();
        var streams = await store.ReadStreamsAsync([.. wanted.Select(ChildPicture.StreamOf)], ct: ct);
        return wanted.ToDictionary(
            child => child,
            child => streams.TryGetValue(ChildPicture.StreamOf(child), out var events) ? Read(events).ToList() : [],
            StringComparer.Ordinal);
    }

    /// <summary>Events that are about to be stored, as facts for what comes after them in the same request.</summary>
    public static IEnumerable<Fact> ToBe(IEnumerable<Incoming> events, DateTimeOffset receivedAt) =>
        events.Select(e => new Fact(EventIdentity.Of(e.Source, e.Id), e.Source, e.Id, e.Event, receivedAt, receivedAt));

    // A type that this edition does not know was written by a newer one; no feed of this edition says it.
    private static IEnumerable<Fact> Read(IEnumerable<StoredEvent> events) => events.Where(e => EventCatalogue.Find(e.Type) is not null).Select(StoredFacts.Read);
}
