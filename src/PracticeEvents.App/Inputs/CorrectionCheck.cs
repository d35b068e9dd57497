using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>
/// Checks the right body of a correction as an event of the corrected type, which only the stored event tells. A correction that comes before
/// the event it corrects is taken as it is: the order of arrival must not matter.
/// </summary>
internal static class CorrectionCheck
{
    /// <summary>The same events, with those refused whose right body is wrong.</summary>
    public static async Task<IReadOnlyList<CloudEventRead>> ApplyAsync(
        IReadOnlyList<CloudEventRead> events, EventStore store, DateOnly today, CancellationToken ct)
    {
        var children = events.Select(e => e.Event?.Event).OfType<Corrected>().Select(c => c.Child).ToList();
        if (children.Count == 0)
        {
            return events;
        }

        var known = await KnownFacts.OfChildrenAsync(store, children, ct);
        var sent = events.Select(e => e.Event).OfType<Incoming>().ToList();
        return [.. events.Select(e => e.Event is { Event: Corrected correction } incoming ? Checked(e, incoming, correction, known[correction.Child], sent, today) : e)];
    }

    private static CloudEventRead Checked(
        CloudEventRead read, Incoming incoming, Corrected correction, IReadOnlyList<Fact> known, IReadOnlyList<Incoming> sent, DateOnly today)
    {
        var source = correction.Source ?? incoming.Source;
        var wrong = known.FirstOrDefault(f => f.Source == source && f.EventId == correction.Event)?.Event
            ?? sent.FirstOrDefault(s => s.Source == source && s.Id == correction.Event)?.Event;
        if (wrong is null)
        {
            return read;
        }

        var reading = EventReader.ReadCorrection(EventCatalogue.KindOf(wrong), correction.Data, wrong.On, today, correction.Child);
        return reading.Problems.Count == 0 ? read
            : read with { Event = null, Refusal = string.Join(' ', reading.Problems.Select(p => p.Why)) };
    }
}
