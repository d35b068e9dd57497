using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Alerts;

/// <summary>Which kinds of event had been sent at an instant.</summary>
public sealed class FeedsOverTime
{
    private readonly (DateTimeOffset At, SentKinds Sent)[] steps;

    /// <summary>From the instant (UTC) at which the first event of each kind was received.</summary>
    public FeedsOverTime(IReadOnlyDictionary<EventKind, DateTimeOffset> first)
    {
        steps = [.. first.Values.Distinct().Order().Select(at => (at, Sent(first.Where(f => f.Value <= at).Select(f => f.Key))))];
    }

    /// <summary>What had been sent at an instant, what came at that instant with it.</summary>
    public SentKinds At(DateTimeOffset instant) => Array.FindLast(steps, s => s.At <= instant).Sent ?? new SentKinds();

    /// <summary>The next instant at which something was sent for the first time; nothing when there was none.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => Array.Find(steps, s => s.At > instant) is { Sent: not null } next ? next.At : null;

    private static SentKinds Sent(IEnumerable<EventKind> kinds)
    {
        var sent = new SentKinds();
        foreach (var kind in kinds)
        {
            sent.Add(kind);
        }

        return sent;
    }
}
