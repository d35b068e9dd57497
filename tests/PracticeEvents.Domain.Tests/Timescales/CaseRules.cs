using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Tests.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Tests.Timescales;

/// <summary>Which rule file a row of the case table is about, and the rule as the row has it.</summary>
internal static class CaseRules
{
    private static readonly Dictionary<string, string> Variants = new(StringComparer.Ordinal)
    {
        ["core-group-repeat-6w"] = "core-group-repeat",
        ["cp-visit-10wd"] = "cp-visit",
        ["cp-visit-14d"] = "cp-visit",
        ["cin-visit-4w"] = "cin-visit",
        ["cmh-latest-day18"] = "cmh-window",
        ["rha-age-crossing"] = "rha-over5-12m",
        ["cin-visit-20wd-incl"] = "cin-visit",
        ["cla-visit-weekly-reg24"] = "cla-visit-4w-reg24",
    };

    /// <summary>The id of the rule file; the row's own when it is not a variant.</summary>
    public static string IdOf(Case row) => Variants.GetValueOrDefault(row.RuleId, row.RuleId);

    /// <summary>The rules, with the row's own rule as a council that counts that way would have it.</summary>
    public static RuleBook BookFor(Case row) =>
        new(RuleFiles.All.Select(r => r.Id == IdOf(row) ? As(row, r) : r), RuleFiles.Calendar);

    // Rows from before a rule's first edition are about the calendar: the first edition is carried back for them.
    private static Rule As(Case row, Rule rule)
    {
        var counted = row.RuleId switch
        {
            "cp-visit-14d" => Every(rule, "14 days"),
            "cin-visit-4w" => Every(rule, "4 weeks"),
            _ when row.Convention is "WD-day1" => With(rule, d => d with { StartIsDayOne = true }),
            _ => rule,
        };
        return counted.On(row.Trigger.Date) is not null
            ? counted
            : counted with { Editions = [counted.Editions[0] with { From = DateOnly.MinValue }, .. counted.Editions.Skip(1)] };
    }

    private static Rule Every(Rule rule, string length) =>
        Span.TryParse(length, out var span) ? With(rule, d => d with { Within = span }) : throw new FormatException(length);

    private static Rule With(Rule rule, Func<DueRule, DueRule> change) =>
        rule with { Editions = [.. rule.Editions.Select(e => e with { Due = change(e.Due) })] };
}
