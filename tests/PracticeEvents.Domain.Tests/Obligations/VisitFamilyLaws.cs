using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;
using AllDuties = PracticeEvents.Domain.Timescales.Obligations;
using Outcome = PracticeEvents.Domain.Timescales.Outcome;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>The visits of regulation 28 are one duty under nine rules: a looked-after child always has one of them, and never two.</summary>
public sealed class VisitFamilyLaws
{
    private static readonly string[] Family =
    [
        "cla-visit-first-week", "cla-visit-6w", "cla-visit-3m-long-term", "cla-visit-6m-long-term-foster", "cla-visit-weekly-reg19", "cla-visit-4w-reg24",
        "cla-visit-6w-care-order-at-home", "cla-visit-other-arrangements", "short-break-visit-review",
    ];

    private static readonly RuleBook Visits = new(Facts.Rules.All.Where(r => Family.Contains(r.Id)), Facts.Rules.Calendar);

    [Fact]
    public void Every_rule_of_the_family_is_in_the_book() => Assert.Equal(Family.Length, Visits.All.Count);

    [Fact]
    public void On_every_day_on_which_a_child_is_looked_after_exactly_one_visit_is_awaited() => Holds(AnyLookedAfterChild.Arbitrary, told =>
        Days(told).All(day => !AnyLookedAfterChild.IsLookedAfter(told, day) || Awaited(told, day) == 1));

    [Fact]
    public void Nobody_visits_a_child_who_has_left_care() => Holds(AnyLookedAfterChild.Arbitrary, told =>
        Days(told).All(day => !AnyLookedAfterChild.HasLeftCare(told, day) || Awaited(told, day) == 0));

    [Fact]
    public void What_was_told_before_a_child_was_placed_or_visited_asks_for_one_visit_at_most() => Holds(AnyLookedAfterChild.Arbitrary, told =>
        Days(told).All(day => Awaited(told, day) <= 1));

    private static IEnumerable<DateOnly> Days(Told told) => told.Facts.Select(f => f.On.Date).Distinct();

    // At the end of a day, by what had happened by then.
    private static int Awaited(Told told, DateOnly day) =>
        AllDuties.For(History.Of(told.Facts.Where(f => f.On.Date <= day)), Visits).Count(d => d.Outcome is Outcome.Open);

    private static void Holds(Arbitrary<Told> any, Func<Told, bool> law) => Prop.ForAll(any, told => law(told)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
