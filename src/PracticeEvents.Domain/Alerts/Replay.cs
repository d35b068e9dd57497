using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>A fact with what else is known of its coming.</summary>
/// <param name="Fact">The fact. It is known from when it was received.</param>
/// <param name="Load">The load of history that it came with; nothing for news.</param>
public sealed record Arrival(Fact Fact, string? Load = null);

/// <summary>What a replay needs to know beside the child's own record.</summary>
/// <param name="Structure">Teams and workers, as known from one instant to the next.</param>
/// <param name="LoadsFinished">When each load was finished (UTC instant). One that is missing never was.</param>
/// <param name="Feeds">Which kinds of event had been sent, for rules that wait for them.</param>
public sealed record Surroundings(StructureOverTime Structure, IReadOnlyDictionary<string, DateTimeOffset> LoadsFinished, FeedsOverTime Feeds)
{
    /// <summary>A load that was cut off never finishes. Its children are not to be quiet for ever, so a load counts as under way only this
    /// long after a child's last event of it.</summary>
    public static TimeSpan LoadUnderWay { get; } = TimeSpan.FromMinutes(15);
}

/// <summary>One child's record replayed as it became known: at every instant at which something was received, a step of an open duty came or the people in a role changed,
/// decides what would have been said by some rules. The same instants and the same decisions as the live service's, so that its own rules say again what was said.</summary>
public sealed class Replay
{
    private readonly string child;
    private readonly Known[] known;
    private readonly List<EventKind> kinds;
    private readonly IReadOnlyList<(DateTimeOffset At, AlertEvent Event)> acts;

    /// <summary>A replay of a child's record.</summary>
    /// <param name="child">Child reference.</param>
    /// <param name="arrivals">Everything recorded, in any order. What was received at one instant is taken in together.</param>
    /// <param name="acts">What people did to the child's alerts, such as reading a notice; none when it does not matter.</param>
    public Replay(string child, IEnumerable<Arrival> arrivals, IEnumerable<(DateTimeOffset At, AlertEvent Event)>? acts = null)
    {
        this.child = child;
        this.acts = [.. (acts ?? []).OrderBy(a => a.At)];
        var inOrder = arrivals.OrderBy(a => a.Fact.ReceivedAt).ThenBy(a => a.Fact.Position).ToArray();
        var facts = Array.ConvertAll(inOrder, a => a.Fact);
        kinds = [.. facts.Select(f => EventCatalogue.KindOf(f.Event)).Distinct()];
        var plain = !facts.Any(f => f.Event is RecordedInError or Corrected) && facts.DistinctBy(f => f.Id).Count() == facts.Length;
        var looks = new List<Known>();
        for (var start = 0; start < inOrder.Length;)
        {
            var end = start + 1;
            while (end < inOrder.Length && facts[end].ReceivedAt == facts[start].ReceivedAt)
            {
                end++;
            }

            var news = inOrder.AsSpan(start, end - start);
            looks.Add(new Known(facts[start].ReceivedAt, new ArraySegment<Fact>(facts, 0, end), plain && looks is [.., var last] ? last : null, LoadOf(news), news[^1].Load));
            start = end;
        }

        known = [.. looks];
    }

    /// <summary>What would have been said from an instant on and before another, by some rules that had always been in force.</summary>
    public IReadOnlyList<Said> Run(RuleBook rules, Surroundings around, DateTimeOffset from, DateTimeOffset to) =>
        known.Length == 0 || known[0].At >= to || rules.Concerning(kinds).Count == 0 ? [] : new ReplayWalk(child, known, acts, rules, around, from, to).Run();

    // As live: a child is being loaded while everything new about it belongs to one load.
    private static string? LoadOf(ReadOnlySpan<Arrival> news)
    {
        foreach (var arrival in news)
        {
            if (arrival.Load != news[0].Load)
            {
                return null;
            }
        }

        return news[0].Load;
    }

    /// <summary>What was known from one arrival to the next. The same under all rules, so it is worked out once.</summary>
    /// <param name="at">The arrival.</param>
    /// <param name="facts">Everything known from then on.</param>
    /// <param name="before">What was known before, where it only grew: no correction, nothing twice.</param>
    /// <param name="load">The load that all the news came with.</param>
    /// <param name="lastLoad">The load that the last of the news came with.</param>
    internal sealed class Known(DateTimeOffset at, ArraySegment<Fact> facts, Known? before, string? load, string? lastLoad)
    {
        private readonly int count = facts.Count;
        private History? history;
        private ChildSituation? situation;

        public DateTimeOffset At => at;

        /// <summary>The load that all the news came with.</summary>
        public string? Load => load;

        /// <summary>The load that the last of the news came with.</summary>
        public string? LastLoad => lastLoad;

        public History History => history ??= before?.history is { } earlier ? earlier.Plus(facts[before.count..]) : History.Of(facts);

        public ChildSituation Situation => situation ??= ChildSituation.Of(History);
    }
}
