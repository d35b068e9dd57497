using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>What a candidate can change is found by comparing the rules, so that no other rule need be replayed.</summary>
public sealed class RuleDifferencesTests
{
    private static readonly RuleBook InUse = Facts.Rules;

    [Fact]
    public void Two_readings_of_the_same_rules_do_not_differ() => Assert.Empty(RuleDifferences.Between(InUse, new RuleBook(RuleFiles.All, RuleFiles.Calendar)));

    [Fact]
    public void A_rule_that_reads_differently_differs_with_those_that_follow_it() =>
        Assert.Equal(["cp-midpoint", "cp-review-first-3m"], Differing(Changed("cp-review-first-3m", r => r with { Json = r.Json + " " })));

    [Fact]
    public void A_rule_that_reads_the_same_and_tells_others_differs() =>
        Assert.Equal(["cp-visit"], Differing(Changed("cp-visit", r => r with
        {
            Editions = [.. r.Editions.Select(e => e with { Alerts = [.. e.Alerts.Select(s => s with { To = [Role.TeamManager] })] })],
        })));

    [Fact]
    public void A_rule_that_is_gone_or_new_differs() => Assert.Equal(["cp-visit"], Differing(InUse.All.Where(r => r.Id != "cp-visit")));

    [Fact]
    public void With_another_bank_holiday_every_rule_can_say_something_else()
    {
        var calendar = new WorkingDays("more", new Dictionary<DateOnly, string>(InUse.Calendar.Holidays) { [new(2026, 7, 1)] = "A day of celebration" }, InUse.Calendar.OfCouncil);

        Assert.Equal(InUse.All.Count, RuleDifferences.Between(InUse, new RuleBook(InUse.All, calendar)).Count);
    }

    [Fact]
    public void With_another_closure_only_those_rules_can_that_leave_closures_out()
    {
        var closed = InUse.Calendar.OfCouncil with { Closures = new Dictionary<DateOnly, string> { [new(2026, 7, 1)] = "Staff day" } };
        var calendar = new WorkingDays(InUse.Calendar.Edition, InUse.Calendar.Holidays, closed);
        var leavesOut = InUse.All.Where(r => r.Editions.Any(e => e.Due.LocalClosures)).Select(r => r.Id).Order(StringComparer.Ordinal);

        Assert.Equal(leavesOut, RuleDifferences.Between(InUse, new RuleBook(InUse.All, calendar)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void With_other_ends_of_terms_only_those_rules_can_that_count_terms()
    {
        var calendar = new WorkingDays(InUse.Calendar.Edition, InUse.Calendar.Holidays, InUse.Calendar.OfCouncil with { TermEnds = [(4, 1), (7, 20), (12, 18)] });

        Assert.Equal(["pep-termly"], RuleDifferences.Between(InUse, new RuleBook(InUse.All, calendar)));
    }

    private static IEnumerable<Rule> Changed(string id, Func<Rule, Rule> change) => InUse.All.Select(r => r.Id == id ? change(r) : r);

    private static IEnumerable<string> Differing(IEnumerable<Rule> rules) =>
        RuleDifferences.Between(InUse, new RuleBook(rules, InUse.Calendar, InUse.Profiles)).Order(StringComparer.Ordinal);
}
