using PracticeEvents.App.Synthetic;
using Xunit;
using Xunit.Abstractions;

namespace PracticeEvents.App.Tests.Synthetic;

/// <summary>What is outstanding when the history stops: some, as in life, but not so much that nobody would look.</summary>
public sealed class Work_in_hand_tests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, SyntheticEvent[]> Histories = Authorities.AverageEvents
        .Where(e => Authorities.Child(e).Length > 0).GroupBy(Authorities.Child).ToDictionary(g => g.Key, g => g.ToArray());

    [Theory]
    [InlineData("child_protection_plan_started", "child_protection_plan_ended", "visit_recorded", 14, 0.02, 0.16)]
    [InlineData("child_in_need_plan_started", "child_in_need_plan_ended", "visit_recorded", 28, 0.02, 0.16)]
    [InlineData("became_looked_after", "ceased_to_be_looked_after", "visit_recorded", 42, 0.02, 0.16)]
    [InlineData("child_protection_plan_started", "child_protection_plan_ended", "core_group_held", 42, 0.01, 0.12)]
    [InlineData("child_protection_plan_started", "child_protection_plan_ended", "chronology_updated", 31, 0.02, 0.16)]
    [InlineData("became_looked_after", "ceased_to_be_looked_after", "looked_after_review_held", 184, 0.002, 0.08)]
    [InlineData("child_protection_plan_started", "child_protection_plan_ended", "review_conference_held", 184, 0.002, 0.08)]
    public void A_few_children_have_waited_longer_than_they_should(string start, string end, string work, int days, double least,
        double most)
    {
        var open = Histories.Values.Where(h => h.Count(e => e.Type == start) > h.Count(e => e.Type == end)).ToList();
        var waiting = open.Count(h => h.Where(e => e.Type == start || (e.Type == work
            && (bool?)e.Data["seen"] is not false)).Max(Authorities.On).AddDays(days) < Today);
        output.WriteLine($"{work}: {waiting} of {open.Count}");
        Assert.InRange((double)waiting / open.Count, least, most);
    }

    [Fact]
    public void Late_review_conferences_are_near_one_plan_in_ten()
    {
        var plans = Histories.Values.Where(h => h.Count(e => e.Type is "child_protection_plan_started") > h.Count(e => e.Type is "child_protection_plan_ended"))
            .Select(SinceInitialConference)
            .Where(dates => dates.Count > 1 || (dates.Count == 1 && dates[0].AddMonths(3) < Today)).ToList();
        var late = plans.Count(dates => dates.Zip(dates.Skip(1).Append(Today)).Index().Any(p => p.Item.First.AddMonths(p.Index == 0 ? 3
            : 6) < p.Item.Second));
        output.WriteLine($"{late} of {plans.Count}");
        Assert.InRange((double)late / plans.Count, 0.05, 0.17);
    }

    [Fact]
    public void A_few_families_are_in_pre_proceedings_and_in_court()
    {
        Assert.InRange(Open("pre_proceedings_started", "pre_proceedings_ended"), 5, 80);
        Assert.InRange(Open("proceedings_issued", "proceedings_concluded"), 5, 80);
    }

    private static List<DateOnly> SinceInitialConference(SyntheticEvent[] history)
    {
        var started = history.Where(e => e.Type is "child_protection_plan_started").Max(Authorities.On);
        return [.. history.Where(e => e.Type is "initial_conference_held" or "review_conference_held").Select(Authorities.On).Where(on => on >= started).Order()];
    }

    private static DateOnly Today => DateOnly.FromDateTime(Authorities.Now.DateTime);

    private static int Open(string start, string end) => Histories.Values.Count(h => h.Count(e => e.Type == start) > h.Count(e => e.Type == end));
}
