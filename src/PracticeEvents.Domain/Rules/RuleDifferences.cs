using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Which rules can say something else in another book: those that are new, gone or read differently, whose alert profile or
/// calendar differs, and those that follow one of them.</summary>
public static class RuleDifferences
{
    /// <summary>Ids of these rules. Empty when the two books say the same of every child.</summary>
    public static IReadOnlySet<string> Between(RuleBook one, RuleBook other)
    {
        var ids = one.All.Concat(other.All).Select(r => r.Id).Distinct(StringComparer.Ordinal).ToList();
        if (!SameDays(one.Calendar, other.Calendar))
        {
            return ids.ToHashSet(StringComparer.Ordinal);
        }

        var terms = one.Calendar.OfCouncil.TermEnds.SequenceEqual(other.Calendar.OfCouncil.TermEnds);
        var closures = Same(one.Calendar.OfCouncil.Closures.Keys, other.Calendar.OfCouncil.Closures.Keys);
        var differ = ids.Where(id => !Same(one.Find(id), other.Find(id)) || (!closures && (LeavesOutClosures(one.Find(id)) || LeavesOutClosures(other.Find(id))))
            || (!terms && (CountsTerms(one.Find(id)) || CountsTerms(other.Find(id))))).ToHashSet(StringComparer.Ordinal);
        differ.UnionWith(one.All.Concat(other.All).Where(r => r.Editions.Any(e => e.Follows.Any(differ.Contains))).Select(r => r.Id).ToList());
        return differ;
    }

    private static bool SameDays(WorkingDays one, WorkingDays other) => Same(one.Holidays.Keys, other.Holidays.Keys);

    private static bool Same(IEnumerable<DateOnly> one, IEnumerable<DateOnly> other) => one.ToHashSet().SetEquals(other);

    private static bool LeavesOutClosures(Rule? rule) => rule?.Editions.Any(e => e.Due.LocalClosures) ?? false;

    // However deep in the rule the length stands: too many are no fault, too few would be.
    private static bool CountsTerms(Rule? rule) => rule?.Json.Contains("school term", StringComparison.Ordinal) ?? false;

    // A rule that names a profile reads the same while the profile changes.
    private static bool Same(Rule? one, Rule? other) => one is not null && other is not null && one.Json == other.Json
        && one.Editions.Zip(other.Editions).All(e => e.First.Alerts.Count == e.Second.Alerts.Count && e.First.Alerts.Zip(e.Second.Alerts).All(s => Same(s.First, s.Second)));

    private static bool Same(AlertStep one, AlertStep other) => one with { To = other.To } == other && one.To.SequenceEqual(other.To);
}
