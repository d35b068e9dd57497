using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Which rules can have a duty for which events, so that a rule that does not concern a child costs nothing: a child's events are few, the rules are many.</summary>
internal sealed class RuleIndex
{
    private readonly IndexedRule[] rules;
    private readonly int[][] startedBy;

    /// <summary>An index of rules, those that follow others last.</summary>
    public RuleIndex(IReadOnlyList<Rule> inOrder)
    {
        rules = [.. inOrder.Select(r => new IndexedRule(r, inOrder))];
        startedBy = [.. EventCatalogue.All.Select(k => Enumerable.Range(0, rules.Length).Where(n => rules[n].IsStartedBy(k)).ToArray())];
    }

    /// <summary>The rules that events of these kinds can start, and those that follow one of them, in the order in which they are worked out.</summary>
    public List<IndexedRule> Concerning(IReadOnlyList<EventKind> kinds)
    {
        var concerned = new bool[rules.Length];
        for (var i = 0; i < kinds.Count; i++)
        {
            foreach (var rule in startedBy[kinds[i].Number])
            {
                concerned[rule] = true;
            }
        }

        var found = new List<IndexedRule>();
        for (var n = 0; n < rules.Length; n++)
        {
            if (concerned[n] || Array.Exists(rules[n].Follows, followed => concerned[followed]))
            {
                found.Add(rules[n]);
            }
        }

        return found;
    }
}

/// <summary>A rule with what its editions together say about events.</summary>
internal sealed class IndexedRule
{
    private readonly bool[] matters = new bool[EventCatalogue.All.Count];

    public IndexedRule(Rule rule, IReadOnlyList<Rule> inOrder)
    {
        Rule = rule;
        Follows = [.. rule.Editions.SelectMany(e => e.Follows).Distinct().Select(id => Enumerable.Range(0, inOrder.Count).First(n => inOrder[n].Id == id))];
        foreach (var trigger in rule.Editions.SelectMany(e => e.Starts.Concat(e.MetBy).Concat(e.Stops)).Concat(Trigger.EndEverything))
        {
            matters[trigger.Kind.Number] = true;
        }

        foreach (var kind in rule.Editions.SelectMany(e => e.While).SelectMany(c => c.Kinds))
        {
            matters[kind.Number] = true;
        }
    }

    public Rule Rule { get; }

    /// <summary>Places of the rules whose duties it follows; empty for a rule with events of its own.</summary>
    public int[] Follows { get; }

    /// <summary>True when events of a kind can start, meet or end a duty of the rule.</summary>
    public bool Heeds(EventKind kind) => matters[kind.Number];

    /// <summary>False when nothing in a history can ever start a duty of the rule: no start matches, or what must be so never is.</summary>
    public bool CanStart(History history) => Rule.Editions.Any(e => e.Starts.AreAnyIn(history) && e.While.All(c => c.CanHold(history)));

    /// <summary>True when an event of a kind can start a duty of the rule.</summary>
    public bool IsStartedBy(EventKind kind) => Follows.Length == 0 && Rule.Editions.Any(e => e.Starts.Any(t => t.Kind == kind));
}
