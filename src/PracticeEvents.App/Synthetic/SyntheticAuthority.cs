using System.Globalization;

namespace PracticeEvents.App.Synthetic;

/// <summary>
/// An invented children's services authority: teams, workers, families and everything recorded about them, with the shares and lengths of
/// England's published statistics. A pure function of its plan. No person in it exists.
/// </summary>
internal static class SyntheticAuthority
{
    /// <summary>The CloudEvents source of every event. Ids repeat from plan to plan of one seed: load only one of them into a
    /// database.</summary>
    public const string Source = "urn:practice:synthetic";

    /// <summary>Every event in the order in which it was recorded; teams and workers before the children.</summary>
    public static IEnumerable<SyntheticEvent> Events(AuthorityPlan plan)
    {
        var setting = new Setting(plan);
        var drafts = new List<Draft>(StructureEvents.Of(setting));
        foreach (var family in Families(setting))
        {
            drafts.AddRange(FamilyStory.Of(setting, family));
        }

        return InOrder(drafts);
    }

    /// <summary>The same events in files, each in the order in which it was recorded: first the teams and workers, then one file for each
    /// family. Only one file is in memory at a time.</summary>
    public static IEnumerable<IReadOnlyList<SyntheticEvent>> Files(AuthorityPlan plan)
    {
        var setting = new Setting(plan);
        yield return [.. InOrder([.. StructureEvents.Of(setting)])];
        foreach (var family in Families(setting))
        {
            yield return [.. InOrder([.. FamilyStory.Of(setting, family)])];
        }
    }

    /// <summary>The events of one child alone, in the order in which they were recorded: the same as they are among <see
    /// cref="Events"/>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="child">A child's reference.</param>
    public static IEnumerable<SyntheticEvent> EventsOf(AuthorityPlan plan, string child)
    {
        var setting = new Setting(plan);
        var number = child.StartsWith(setting.Prefix, StringComparison.Ordinal) ? child[setting.Prefix.Length..].TrimEnd('a', 'b', 'c',
            'd', 'e') : "";
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var family)
            ? InOrder([.. FamilyStory.Of(setting, Family.Of(setting, family))]).Where(e => (string?)e.Data["child"] == child)
            : [];
    }

    /// <summary>Invented names for every child, worker and team in <see cref="Events"/>.</summary>
    public static IEnumerable<SyntheticLabel> Labels(AuthorityPlan plan)
    {
        var setting = new Setting(plan);
        return SyntheticLabels.Of(setting, Families(setting));
    }

    /// <summary>How many events of each type, by name.</summary>
    public static IReadOnlyDictionary<string, int> Summary(AuthorityPlan plan) =>
        new SortedDictionary<string, int>(Events(plan).CountBy(e => e.Type).ToDictionary(), StringComparer.Ordinal);

    // Families come to notice in no order of time, so adding them one by one until enough children are open gives a steady flow over the
    // years.
    private static IEnumerable<Family> Families(Setting setting)
    {
        var open = 0;
        for (var number = 0; open < setting.Plan.OpenChildren; number++)
        {
            var family = Family.Of(setting, number);
            open += family.OpenOn(setting.Today) ? family.Size : 0;
            if (family.Episodes[^1].Closed >= setting.HistoryFrom)
            {
                yield return family;
            }
        }
    }

    private static IEnumerable<SyntheticEvent> InOrder(List<Draft> drafts) =>
        drafts.OrderBy(d => d.Recorded.UtcTicks).Select(d => d.Write());
}
