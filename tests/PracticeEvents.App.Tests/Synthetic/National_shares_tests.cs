using PracticeEvents.App.Synthetic;
using Xunit;

namespace PracticeEvents.App.Tests.Synthetic;

/// <summary>An average authority (2,600 open children) against England's published figures, each within a tenth.</summary>
public sealed class National_shares_tests
{
    private static readonly DateOnly From = DateOnly.FromDateTime(Authorities.Now.DateTime).AddMonths(-24);

    private static readonly List<SyntheticEvent> Recent = [.. Authorities.AverageEvents.Where(e => Authorities.Child(e).Length > 0
        && Authorities.On(e) >= From)];

    private static readonly Durations Measured = new(Authorities.AverageEvents, From);

    [Fact]
    public void Referrals_with_no_further_action() => Near(0.065, Share("referral_decided", "no_further_action"));

    [Fact]
    public void Assessed_as_not_in_need() => Near(0.308, (double)Count("assessment_signed_off",
        "no_further_action") / Count("referral_decided", null));

    [Fact]
    public void Assessments_done_within_45_working_days() => Near(0.845, Measured.ShareWithin("assessment_started",
        "assessment_signed_off", 45));

    [Theory]
    [InlineData(25, 19)]
    [InlineData(50, 34)]
    [InlineData(75, 44)]
    public void Assessment_length_quartiles(int percent, int workingDays) =>
        Near(workingDays, Measured.Percentile("assessment_started", "assessment_signed_off", percent));

    [Fact]
    public void Initial_conferences_within_15_working_days() => Near(0.814, Measured.ShareWithin("strategy_discussion_held",
        "initial_conference_held", 15));

    [Fact]
    public void Referrals_that_go_to_a_section_47_enquiry() => Near(230_590.0 / 632_830, (double)Count("strategy_discussion_held",
        null) / Count("referral_received", null));

    [Fact]
    public void Second_or_later_plans() => Near(0.247, Measured.RepeatShare("child_protection_plan_started"));

    [Theory]
    [InlineData(0, 91, 0.163)]
    [InlineData(92, 182, 0.117)]
    [InlineData(183, 365, 0.433)]
    [InlineData(366, 730, 0.249)]
    public void Length_of_ended_child_protection_plans(int fromDays, int toDays, double share) =>
        Assert.InRange(Measured.ShareOfDays("child_protection_plan_started", "child_protection_plan_ended", fromDays, toDays),
            share - 0.03, share + 0.03);

    [Fact]
    public void Looked_after_share_of_open_children() => Assert.InRange(Measured.OpenNow("became_looked_after",
        "ceased_to_be_looked_after") / 2600.0, 0.17, 0.24);

    [Fact]
    public void Child_protection_share_of_open_children() => Assert.InRange(Measured.OpenNow("child_protection_plan_started",
        "child_protection_plan_ended") / 2600.0, 0.10, 0.19);

    private static void Near(double published, double made) => Assert.InRange(made, published * 0.9, published * 1.1);

    private static double Share(string type, string outcome) => (double)Count(type, outcome) / Count(type, null);

    private static int Count(string type, string? outcome) => Recent.Count(e => e.Type == type && (outcome is null
        || (string?)e.Data["outcome"] == outcome));
}
