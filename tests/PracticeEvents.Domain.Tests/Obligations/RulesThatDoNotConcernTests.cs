using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;
using AllDuties = PracticeEvents.Domain.Timescales.Obligations;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>A book may hold many rules. Those that no event of a child starts are not run for the child, and leave no trace.</summary>
public sealed class RulesThatDoNotConcernTests
{
    // No history that is made here has a genogram in it.
    private static readonly Trigger NeverHappens = new(EventCatalogue.Kind<GenogramRecorded>(), []);

    private static readonly RuleBook Larger = new([.. Facts.Rules.All, .. Facts.Rules.All.Where(r => !IsFollower(r)).Select(Idle)], Facts.Rules.Calendar);

    [Fact]
    public void However_many_rules_do_not_concern_a_child_the_duties_are_the_same() => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var history = History.Of(told.Facts);
        return Facts.Words(AllDuties.For(history, Facts.Rules)).SequenceEqual(Facts.Words(AllDuties.For(history, Larger)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_is_run_when_something_that_starts_it_happened_or_starts_what_it_follows_and_never_otherwise() => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var kinds = History.Of(told.Facts).Kinds;
        var started = Larger.All.Where(r => r.Editions.Any(e => e.Starts.Any(t => kinds.Contains(t.Kind)))).Select(r => r.Id).ToHashSet();
        var expected = Larger.All.Where(r => started.Contains(r.Id) || r.Editions.Any(e => e.Follows.Any(started.Contains)));
        return Larger.Concerning(kinds).SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_none_of_whose_starts_happened_is_not_run() =>
        Assert.DoesNotContain(
            Larger.Concerning([EventCatalogue.Kind<VisitRecorded>(), EventCatalogue.Kind<CaseClosed>()]),
            r => r.Id.StartsWith("idle-", StringComparison.Ordinal));

    [Fact]
    public void The_same_rule_is_run_once_its_start_has_happened() =>
        Assert.Contains(Larger.Concerning([NeverHappens.Kind]), r => r.Id.StartsWith("idle-", StringComparison.Ordinal));

    [Fact]
    public void Nothing_is_run_for_a_child_of_whom_nothing_is_known() => Assert.Empty(Larger.Concerning([]));

    [Fact]
    public void A_mid_point_is_run_when_the_review_that_it_halves_is() =>
        Assert.Contains(Larger.Concerning([EventCatalogue.Kind<LookedAfterReviewHeld>()]), r => r.Id is "iro-midpoint");

    private static bool IsFollower(Rule rule) => rule.Editions.Any(e => e.Follows.Count > 0);

    private static Rule Idle(Rule rule) => rule with { Id = $"idle-{rule.Id}", Editions = [.. rule.Editions.Select(e => e with { Starts = [NeverHappens] })] };
}
