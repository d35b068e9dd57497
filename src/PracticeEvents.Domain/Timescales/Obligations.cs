using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>The one idea of the house: every duty that is or was running for a child is a pure function of what is recorded, the rules and the calendar.</summary>
public static class Obligations
{
    /// <summary>Every duty of a child, by when it started. The same facts give the same duties, whatever order they arrived in.</summary>
    /// <param name="history">What is known of the child.</param>
    /// <param name="rules">The rules and the calendar.</param>
    public static IReadOnlyList<Obligation> For(History history, RuleBook rules) => For(history, rules, rules.Sent);

    /// <summary>The same in a council that has sent other kinds of event.</summary>
    internal static IReadOnlyList<Obligation> For(History history, RuleBook rules, SentKinds? sent)
    {
        var all = new List<Obligation>();
        foreach (var rule in rules.Indexed(history.Kinds, sent))
        {
            if (rule.Follows.Length > 0)
            {
                Following.AddDuties(rule.Rule, all, history, rules.Calendar);
            }
            else if (rule.CanStart(history))
            {
                new RuleRun(rule, history, rules.Calendar).AddDuties(all);
            }
        }

        all.Sort(ByStart);
        return all;
    }

    private static int ByStart(Obligation a, Obligation b)
    {
        var order = a.StartedOn.CompareTo(b.StartedOn);
        if (order == 0)
        {
            order = string.CompareOrdinal(a.Rule.Id, b.Rule.Id);
        }

        return order == 0 ? a.Occurrence.CompareTo(b.Occurrence) : order;
    }
}
