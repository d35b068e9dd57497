using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>The one idea of the house: every duty that is or was running for a child is a pure function of what is recorded, the rules and the calendar.</summary>
public static class Obligations
{
    /// <summary>Every duty of a child, by when it started. The same facts give the same duties, whatever order they arrived in.</summary>
    /// <param name="history">What is known of the child.</param>
    /// <param name="rules">The rules and the calendar.</param>
    public static IReadOnlyList<Obligation> For(History history, RuleBook rules)
    {
        var all = new List<Obligation>();
        foreach (var rule in rules.All)
        {
            if (rule.Editions.Any(e => e.Follows.Count > 0))
            {
                all.AddRange(Following.Duties(rule, all, history, rules.Calendar));
            }
            else
            {
                all.AddRange(new RuleRun(rule, history, rules.Calendar).Duties());
            }
        }

        all.Sort((a, b) => a.StartedOn != b.StartedOn ? a.StartedOn.CompareTo(b.StartedOn)
            : a.Rule.Id != b.Rule.Id ? string.CompareOrdinal(a.Rule.Id, b.Rule.Id)
            : a.Occurrence.CompareTo(b.Occurrence));
        return all;
    }
}
