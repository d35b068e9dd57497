using PracticeEvents.App.Synthetic;
using Xunit;

namespace PracticeEvents.App.Tests.Synthetic;

public sealed class Order_and_time_tests
{
    private static readonly string[] Meetings =
    [
        "initial_conference_held", "review_conference_held", "core_group_held", "looked_after_review_held", "child_in_need_review_held",
        "legal_gateway_held", "hearing_held", "strategy_discussion_held", "panel_held", "supervision_held",
    ];

    [Fact]
    public void Events_come_in_the_order_in_which_they_were_recorded() =>
        Assert.All(Authorities.UsualEvents.Zip(Authorities.UsualEvents.Skip(1)),
            pair => Assert.True(pair.First.RecordedTime <= pair.Second.RecordedTime));

    [Fact]
    public void Teams_and_workers_come_before_the_first_child()
    {
        var first = Authorities.UsualEvents.FindIndex(e => Authorities.Child(e).Length > 0);
        Assert.All(Authorities.UsualEvents.Take(first), e => Assert.Contains(e.Type, new[] { "team_registered", "worker_registered" }));
        Assert.DoesNotContain(Authorities.UsualEvents.Skip(first), e => e.Type is "team_registered");
    }

    [Fact]
    public void Nothing_is_recorded_after_now() => Assert.DoesNotContain(Authorities.UsualEvents, e => e.RecordedTime > Authorities.Now);

    [Fact]
    public void Nothing_is_recorded_before_it_happened() => Assert.DoesNotContain(Authorities.UsualEvents, e => e.RecordedTime < e.Time);

    [Fact]
    public void A_child_is_registered_before_anything_else_is_recorded() =>
        Assert.All(Authorities.UsualEvents.Where(e => Authorities.Child(e).Length > 0).DistinctBy(Authorities.Child),
            e => Assert.Equal("child_registered", e.Type));

    [Fact]
    public void Meetings_are_on_working_days() =>
        Assert.DoesNotContain(Authorities.UsualEvents, e => Meetings.Contains(e.Type) && !OfficeDays.IsWorkingDay(Authorities.On(e)));

    [Fact]
    public void A_calendar_given_with_the_plan_is_kept()
    {
        var closed = new DateOnly(2026, 6, 10);
        var plan = Authorities.Usual with { OpenChildren = 60, IsWorkingDay = day => day != closed && OfficeDays.IsWorkingDay(day) };
        Assert.DoesNotContain(SyntheticAuthority.Events(plan), e => Meetings.Contains(e.Type) && Authorities.On(e) == closed);
    }

    [Theory]
    [InlineData("2026-04-03", false)]
    [InlineData("2026-04-06", false)]
    [InlineData("2026-05-04", false)]
    [InlineData("2026-05-25", false)]
    [InlineData("2026-08-31", false)]
    [InlineData("2026-12-28", false)]
    [InlineData("2027-12-27", false)]
    [InlineData("2027-12-28", false)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-11-20", true)]
    [InlineData("2026-05-18", true)]
    public void Offices_are_shut_at_weekends_and_on_bank_holidays(string day, bool open) =>
        Assert.Equal(open, OfficeDays.IsWorkingDay(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Some_facts_are_recorded_days_late_as_in_life()
    {
        var late = Authorities.UsualEvents.Count(e => e.RecordedTime - e.Time > TimeSpan.FromDays(1));
        Assert.InRange((double)late / Authorities.UsualEvents.Count, 0.08, 0.14);
    }
}
