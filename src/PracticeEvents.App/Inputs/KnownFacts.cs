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
            child => streams.TryGetValue(ChildPicture.StreamOf(child), out var events) ? RecordedFacts.Readable(events).ToList() : [],
            StringComparer.Ordinal);
    }

    /// <summary>Events that are about to be stored, as facts for what comes after them in the same request.</summary>
    public static IEnumerable<Fact> ToBe(IEnumerable<Incoming> events, DateTimeOffset receivedAt) =>
        events.Select(e => new Fact(EventIdentity.Of(e.Source, e.Id), e.Source, e.Id, e.Event, receivedAt, receivedAt));
}
