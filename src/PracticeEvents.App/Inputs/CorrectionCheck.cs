using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>
/// Checks the right body of a correction as an event of the corrected type, which only the stored event tells. A correction that comes before
/// the event it corrects is taken as it is: the order of arrival must not matter.
/// </summary>
internal static class CorrectionCheck
{
    private const int ChildrenAtOnce = 100;

    /// <summary>The same events, with those refused whose right body is wrong.</summary>
    public static async Task<IReadOnlyList<CloudEventRead>> ApplyAsync(
        IReadOnlyList<CloudEventRead> events, EventStore store, DateOnly today, CancellationToken ct)
    {
        var corrections = events.Select(e => e.Event).OfType<Incoming>().Where(e => e.Event is Corrected).ToList();
        if (corrections.Count == 0)
        {
            return events;
        }

        var known = await CorrectedAsync(corrections, store, ct);
        var sent = events.Select(e => e.Event).OfType<Incoming>().ToLookup(e => (e.Source, e.Id), e => e.Event);
        return [.. events.Select(e => e.Event is { Event: Corrected correction } incoming
            && (known.GetValueOrDefault((correction.Child, Corrects(incoming))) ?? sent[Corrects(incoming)].FirstOrDefault()) is { } wrong
                ? Checked(e, correction, wrong, today) : e)];
    }

    // Of each child's record only what is corrected is kept: there may be thousands of them in a file.
    private static async Task<Dictionary<(string Child, (string Source, string Id) Event), PracticeEvent>> CorrectedAsync(
        List<Incoming> corrections, EventStore store, CancellationToken ct)
    {
        var wanted = corrections.Select(c => (((Corrected)c.Event).Child, Corrects(c))).ToHashSet();
        var known = new Dictionary<(string, (string, string)), PracticeEvent>();
        foreach (var children in wanted.Select(w => w.Child).Distinct(StringComparer.Ordinal).Chunk(ChildrenAtOnce))
        {
            foreach (var (child, facts) in await KnownFacts.OfChildrenAsync(store, children, ct))
            {
                foreach (var fact in facts.Where(f => wanted.Contains((child, (f.Source, f.EventId)))))
                {
                    known.TryAdd((child, (fact.Source, fact.EventId)), fact.Event);
                }
            }
        }

        return known;
    }

    private static (string Source, string Id) Corrects(Incoming correction) =>
        (((Corrected)correction.Event).Source ?? correction.Source, ((Corrected)correction.Event).Event);

    private static CloudEventRead Checked(CloudEventRead read, Corrected correction, PracticeEvent wrong, DateOnly today)
    {

        var reading = EventReader.ReadCorrection(EventCatalogue.KindOf(wrong), correction.Data, wrong.On, today, correction.Child);
        return reading.Problems.Count == 0 ? read
            : read with { Event = null, Refusal = string.Join(' ', reading.Problems.Select(p => p.Why)) };
    }
}
