using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Tests.Alerts;

/// <summary>A council in small: it is told facts, looks at the clock, decides, and remembers what people were told.</summary>
internal sealed class Council
{
    private readonly List<Fact> known = [];
    private readonly Dictionary<string, AlertState> alerts = new(StringComparer.Ordinal);

    /// <summary>Every alert so far.</summary>
    public IReadOnlyCollection<AlertState> Alerts => alerts.Values;

    /// <summary>Every alert event so far.</summary>
    public List<AlertEvent> Said { get; } = [];

    /// <summary>The duties as last worked out.</summary>
    public IReadOnlyList<Obligation> Duties { get; private set; } = [];

    /// <summary>Whoever holds a role; two people share one of them.</summary>
    public static IReadOnlyList<string> Recipients(Role role) => role is Role.HeadOfService ? ["hos1", "hos2"] : role is Role.ServiceManager ? ["hos1"] : [$"w-{role}"];

    /// <summary>Everybody is in their post.</summary>
    public static IRecipients Everybody { get; } = new InPost();

    /// <summary>Takes in what was told and acts on it.</summary>
    /// <returns>What was said.</returns>
    public IReadOnlyList<AlertEvent> Hear(IEnumerable<Fact> told, DateTimeOffset now, string? load = null)
    {
        known.AddRange(told);
        Duties = Facts.Duties(known);
        var said = AlertDecisions.Decide(Facts.Child, Duties, Alerts, Everybody, now, load);
        foreach (var e in said)
        {
            alerts[e.Alert] = AlertState.Evolve(alerts.GetValueOrDefault(e.Alert), e, now)!;
        }

        Said.AddRange(said);
        return said;
    }

    private sealed class InPost : IRecipients
    {
        public Reach Of(Role role, bool isIndependent = false) => new(Recipients(role), Way.Holder);

        public string? InFor(string worker) => worker;
    }

    /// <summary>The facts in the order in which they were recorded, each received when it was recorded.</summary>
    public static IReadOnlyList<Fact> InOrder(Told told) =>
        [.. told.Facts.OrderBy(f => f.RecordedAt).ThenBy(f => f.Position).Select(f => f with { ReceivedAt = f.RecordedAt })];
}
