using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>What is to be said of a child, and when to look again.</summary>
/// <param name="Alerts">Alert events, in order.</param>
/// <param name="Wakes">The child's timers.</param>
internal sealed record Decisions(IReadOnlyList<AlertEvent> Alerts, IReadOnlyList<DueTimer> Wakes)
{
    /// <summary>Decides at an instant.</summary>
    /// <param name="child">The child.</param>
    /// <param name="told">Every alert of the child so far.</param>
    /// <param name="structure">Teams and workers as known.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="load">The load whose history is being taken in; nothing otherwise.</param>
    public static Decisions Of(ChildPicture child, IReadOnlyCollection<AlertState> told, Structure structure, DateTimeOffset now, string? load)
    {
        var routing = new Routing(child.Situation, structure, London.DateOf(now));
        IReadOnlyList<AlertEvent> alerts =
        [
            .. AlertDecisions.Decide(child.Child, child.Duties, told, routing, now, load),
            .. UncoveredDuties.Decide(child.Child, child.Duties, told, routing, now, load),
        ];
        return new(alerts, [.. Process.Wakes.Of(child, After(told, alerts, now), routing, now)]);
    }

    // When to look again follows from how things stand once this is said.
    private static IReadOnlyCollection<AlertState> After(IReadOnlyCollection<AlertState> told, IReadOnlyList<AlertEvent> alerts, DateTimeOffset now)
    {
        if (alerts.Count == 0)
        {
            return told;
        }

        var after = told.ToDictionary(a => a.Id, StringComparer.Ordinal);
        foreach (var e in alerts)
        {
            after[e.Alert] = AlertState.Evolve(after.GetValueOrDefault(e.Alert), e, now)!;
        }

        return after.Values;
    }
}
