using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>The facts recorded of a child, from the events of its stream. An event that cannot be read stops the child, because nobody knows what it says, until somebody says
/// that it was recorded in error or what it should have said.</summary>
internal static class RecordedFacts
{
    /// <summary>All facts in order of arrival, and whether one of them had to be put right to be read.</summary>
    /// <exception cref="UnreadableEventException">An event cannot be read and nobody has put it right.</exception>
    public static (IReadOnlyList<Fact> Facts, bool PutRight) Of(IReadOnlyList<StoredEvent> events) => Of(events, passesOver: false);

    /// <summary>The facts of a record that cannot be read as a whole: what can be, or was put right.</summary>
    public static IReadOnlyList<Fact> OfTheRest(IReadOnlyList<StoredEvent> events) => Of(events, passesOver: true).Facts;

    private static (IReadOnlyList<Fact> Facts, bool PutRight) Of(IReadOnlyList<StoredEvent> events, bool passesOver)
    {
        var facts = new List<Fact>(events.Count);
        List<(int Place, StoredEvent Event, UnreadableEventException Why)>? unreadable = null;
        foreach (var stored in events)
        {
            try
            {
                facts.Add(StoredFacts.Read(stored));
            }
            catch (UnreadableEventException e)
            {
                (unreadable ??= []).Add((facts.Count, stored, e));
            }
        }

        // From the end, so that places before it stay what they are.
        foreach (var (place, stored, why) in Enumerable.Reverse(unreadable ?? []))
        {
            try
            {
                if (PutRight(stored, facts, why) is { } right)
                {
                    facts.Insert(place, right);
                }
            }
            catch (UnreadableEventException) when (passesOver)
            {
                // Nobody has said what it should have been.
            }
        }

        return (facts, unreadable is not null);
    }

    /// <summary>The facts that can be read, the others left out: for comparing what a feed says with what it said before.</summary>
    public static IEnumerable<Fact> Readable(IEnumerable<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            Fact fact;
            try
            {
                fact = StoredFacts.Read(stored);
            }
            catch (UnreadableEventException)
            {
                continue;
            }

            yield return fact;
        }
    }

    // Nothing when it was recorded in error: then it says nothing.
    private static Fact? PutRight(StoredEvent stored, List<Fact> facts, UnreadableEventException why)
    {
        var about = facts.Where(f => f.Event switch
        {
            RecordedInError e => e.Event == stored.EventId && (e.Source ?? f.Source) == stored.Source,
            Corrected c => c.Event == stored.EventId && (c.Source ?? f.Source) == stored.Source,
            _ => false,
        }).ToList();
        if (about.Exists(f => f.Event is RecordedInError))
        {
            return null;
        }

        var correction = about.LastOrDefault() ?? throw why;
        var right = (Corrected)correction.Event;
        try
        {
            var body = JsonNode.Parse(right.Data.GetRawText())!.AsObject();
            body["child"] = right.Child;
            body["on"] ??= right.On.ToString();
            return StoredFacts.Read(stored with { Data = body.ToJsonString() });
        }
        catch (Exception e) when (e is JsonException or UnreadableEventException)
        {
            throw why;
        }
    }
}
