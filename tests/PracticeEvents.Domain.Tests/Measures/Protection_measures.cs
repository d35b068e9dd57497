using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.Domain.Tests.Measures.Measure;

namespace PracticeEvents.Domain.Tests.Measures;

public sealed class Protection_measures
{
    private static readonly InitialConferenceHeld Conference = new() { Child = Child, On = On("2026-09-07"), Ref = "p1", Outcome = ConferenceOutcome.Plan };

    [Theory]
    [InlineData("2026-04-14", "yes")]
    [InlineData("2026-04-15", "no")]
    public void A_conference_is_in_time_on_the_fifteenth_working_day_across_easter(string held, string so) => Assert.Equal(
        [$"2026-03-20 to 2026-04-14 {so}"],
        Cases(
            "strategy-to-conference-15wd",
            new StrategyDiscussionHeld { Child = Child, On = On("2026-03-20"), Ref = "s1" },
            new InitialConferenceHeld { Child = Child, On = On(held), Ref = "s1", Outcome = ConferenceOutcome.Plan }));

    [Fact]
    public void A_review_conference_counts_on_the_day_it_is_held_and_the_next_one_when_its_time_runs_out() => Assert.Equal(
        ["2026-09-07 to 2026-12-07 yes", "2026-12-07 to 2027-06-07 no"],
        Cases("review-conferences-in-time", Conference, new ReviewConferenceHeld { Child = Child, On = On("2026-12-07"), Ref = "p1", Outcome = ReviewConferenceOutcome.Continue }));

    [Fact]
    public void A_visit_where_the_child_was_not_seen_is_no_visit() => Assert.Equal(
        ["2026-09-07 to 2026-09-21 no"],
        Cases("protection-visits-in-time", Conference, new VisitRecorded { Child = Child, On = On("2026-09-14"), Purpose = VisitPurpose.ChildProtection, Seen = false }));

    [Fact]
    public void A_visit_that_was_missed_stays_missed_when_the_plan_ends() => Assert.Equal(
        ["2026-09-07 to 2026-09-21 no"],
        Cases("protection-visits-in-time", Conference, new ChildProtectionPlanEnded { Child = Child, On = On("2026-09-28"), Ref = "p1" }));

    [Fact]
    public void A_visit_that_was_not_due_before_the_plan_ended_is_no_case() => Assert.Empty(
        Cases("protection-visits-in-time", Conference, new ChildProtectionPlanEnded { Child = Child, On = On("2026-09-18"), Ref = "p1" }));

    [Fact]
    public void Seen_alone_keeps_not_said_apart_from_not_done() => Assert.Equal(
        ["2026-09-14 to 2026-09-14 yes", "2026-09-21 to 2026-09-21 no", "2026-09-28 to 2026-09-28 not recorded"],
        Cases(
            "seen-alone",
            new VisitRecorded { Child = Child, On = On("2026-09-14"), Purpose = VisitPurpose.ChildProtection, Seen = true, SeenAlone = true },
            new VisitRecorded { Child = Child, On = On("2026-09-21"), Purpose = VisitPurpose.ChildProtection, Seen = true, ReasonNotAlone = "refused" },
            new VisitRecorded { Child = Child, On = On("2026-09-28"), Purpose = VisitPurpose.ChildProtection, Seen = true },
            new VisitRecorded { Child = Child, On = On("2026-09-29"), Purpose = VisitPurpose.ChildProtection, Seen = false }));

    [Fact]
    public void A_plan_is_over_15_months_from_the_day_after_they_are_up() => Assert.Equal(
        ["2024-11-30 to open", "2026-03-01 to open yes"], Cases("plans-over-15-months", Conference with { On = On("2024-11-30") }));

    [Fact]
    public void A_plan_of_two_years_counts_on_the_day_they_are_up() => Assert.Equal(
        ["2024-02-29 to 2026-03-02", "2026-02-28 to 2026-03-02 yes"],
        Cases("plans-over-24-months", Conference with { On = On("2024-02-29") }, new ChildProtectionPlanEnded { Child = Child, On = On("2026-03-02") }));

    [Fact]
    public void A_child_in_need_plan_that_ended_within_six_months_was_never_over_them() => Assert.Equal(
        ["2026-01-05 to 2026-07-05"],
        Cases("need-plans-over-6-months", new ChildInNeedPlanStarted { Child = Child, On = On("2026-01-05") }, new ChildInNeedPlanEnded { Child = Child, On = On("2026-07-05") }));

    [Fact]
    public void A_mid_point_check_counts_though_it_was_late_and_a_cycle_that_ended_without_one_does_not() => Assert.Equal(
        ["2026-09-07 to 2026-11-20 yes", "2026-12-07 to 2027-06-07 no", "2027-06-07 to open"],
        Cases(
            "mid-point-checks-done", Conference,
            new MidPointRecorded { Child = Child, On = On("2026-11-20"), Cycle = MidPointCycle.ChildProtection },
            new ReviewConferenceHeld { Child = Child, On = On("2026-12-07"), Ref = "p1", Outcome = ReviewConferenceOutcome.Continue },
            new ReviewConferenceHeld { Child = Child, On = On("2027-06-07"), Ref = "p1", Outcome = ReviewConferenceOutcome.Continue }));
}
