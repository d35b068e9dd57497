using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.Domain.Tests.Measures.Measure;

namespace PracticeEvents.Domain.Tests.Measures;

public sealed class Oversight_measures
{
    [Fact]
    public void A_third_change_of_worker_is_one_too_many_until_the_first_is_twelve_months_old() => Assert.Equal(
        ["2026-01-05 to open", "2026-09-01 to 2027-02-03 yes"],
        Cases(
            "changes-of-worker",
            Allocated("2026-01-05", "sw1"),
            Allocated("2026-02-02", "sw2"),
            Allocated("2026-02-09", "sw2"),
            Allocated("2026-05-05", "sw3"),
            Allocated("2026-09-01", "sw1")));

    [Fact]
    public void A_fourth_change_makes_the_stretch_longer_and_not_a_second_one() => Assert.Equal(
        ["2026-01-05 to open", "2026-09-01 to 2027-05-06 yes"],
        Cases(
            "changes-of-worker", Allocated("2026-01-05", "sw1"), Allocated("2026-02-02", "sw2"), Allocated("2026-05-05", "sw3"), Allocated("2026-09-01", "sw1"),
            Allocated("2026-12-01", "sw2")));

    [Fact]
    public void Days_until_it_is_recorded_need_the_case_system_to_say_when()
    {
        var visit = new VisitRecorded { Child = Child, On = On("2026-12-24"), Purpose = VisitPurpose.LookedAfter, Seen = true };
        var told = Told(visit);

        Assert.Equal(["2026-12-24 to 2027-01-01 not recorded"], Cases("recording-lag-days", told));
        Assert.Equal(["2026-12-24 to 2026-12-29 5"], Cases("recording-lag-days", [told[0] with { RecordedAt = new(2026, 12, 29, 16, 0, 0, TimeSpan.Zero) }]));
    }

    [Fact]
    public void Every_update_of_a_chronology_is_counted() => Assert.Equal(
        2, Cases("chronology-entries", new ChronologyUpdated { Child = Child, On = On("2026-01-05") }, new ChronologyUpdated { Child = Child, On = On("2026-01-06") }).Count);

    [Fact]
    public void A_month_counts_when_it_is_over_whether_supervision_was_held_or_not() => Assert.Equal(
        ["t1 2026-02-01 to 2026-02-28 yes", "t1 2026-03-01 to 2026-03-31 no"],
        OfStaff("supervision-staff-monthly", new(2026, 3, 15), Registered("2026-01-12"), Supervised("2026-02-10"), Supervised("2026-02-24")));

    [Fact]
    public void A_month_away_owes_no_supervision() => Assert.Equal(
        ["t1 2026-03-01 to 2026-03-31 yes"],
        OfStaff(
            "supervision-staff-monthly", new(2026, 3, 15), Registered("2026-01-12"), Supervised("2026-03-02"),
            new AbsenceRecorded { Worker = "sw1", From = new(2026, 1, 30), To = new(2026, 2, 28), On = On("2026-01-30") }));

    [Fact]
    public void Two_dip_samples_of_a_manager_in_a_month_are_not_enough() => Assert.Equal(
        ["t1 2026-02-01 to 2026-02-28 yes", "t1 2026-03-01 to 2026-03-31 no"],
        OfStaff(
            "hos-dip-sample", new(2026, 3, 31), new TeamRegistered { Team = "t1", TeamManager = "tm1", On = On("2026-01-05") },
            Sampled("2026-02-03"), Sampled("2026-02-10"), Sampled("2026-02-17"), Sampled("2026-03-03"), Sampled("2026-03-10")));

    [Fact]
    public void Each_week_of_a_manager_counts_from_the_week_in_which_anybody_first_opened_the_service() => Assert.Equal(
        ["t1 2026-03-02 to 2026-03-08 no", "t1 2026-03-09 to 2026-03-15 yes", "t1 2026-03-16 to 2026-03-22 no"],
        OfStaff(
            "dashboard-use", new(2026, 3, 22), new TeamRegistered { Team = "t1", TeamManager = "tm1", On = On("2026-01-05") },
            Opened("hos9", "2026-03-05"), Opened("tm1", "2026-03-15")));

    [Fact]
    public void A_week_that_a_manager_was_away_throughout_or_began_in_the_middle_of_does_not_count() => Assert.Equal(
        ["t1 2026-03-16 to 2026-03-22 no"],
        OfStaff(
            "dashboard-use", new(2026, 3, 22), new TeamRegistered { Team = "t1", TeamManager = "tm1", On = On("2026-03-03") }, Opened("hos9", "2026-03-02"),
            new AbsenceRecorded { Worker = "tm1", From = new(2026, 3, 9), To = new(2026, 3, 15), On = On("2026-03-06") }));

    [Fact]
    public void A_head_of_service_who_manages_a_team_too_has_one_week_a_week() => Assert.Equal(
        ["t1 2026-03-16 to 2026-03-22 yes"],
        OfStaff(
            "dashboard-use", new(2026, 3, 22), new WorkerRegistered { Worker = "tm1", Roles = [Role.HeadOfService, Role.TeamManager], On = On("2026-01-05") },
            new TeamRegistered { Team = "t1", TeamManager = "tm1", HeadOfService = "tm1", On = On("2026-01-05") }, Opened("tm1", "2026-03-16")));

    [Fact]
    public void Nobody_is_counted_before_anybody_has_opened_anything() => Assert.Empty(
        OfStaff("dashboard-use", new(2026, 3, 22), new TeamRegistered { Team = "t1", TeamManager = "tm1", On = On("2026-01-05") }));

    [Fact]
    public void A_new_worker_has_six_weeks_then_fortnights_to_six_months_then_months()
    {
        var year = OfStaff("asye-supervision", new(2027, 12, 31), Registered("2026-09-01") with { AsyeFrom = new(2026, 9, 1) }, Supervised("2026-09-03"));

        Assert.Equal("t1 2026-09-01 to 2026-09-07 yes", year[0]);
        Assert.Equal("t1 2026-10-13 to 2026-10-26 no", year[6]);
        Assert.Equal("t1 2027-08-01 to 2027-08-31 no", year[^1]);
        Assert.Equal(6 + 10 + 6, year.Count);
    }

    private static CaseAllocated Allocated(string on, string worker) => new() { Child = Child, On = On(on), Worker = worker, Role = CaseRole.SocialWorker };

    private static WorkerRegistered Registered(string on) => new() { Worker = "sw1", Roles = [Role.SocialWorker], Team = "t1", On = On(on) };

    private static SupervisionHeld Supervised(string on) => new() { Worker = "sw1", On = On(on) };

    private static DashboardOpened Opened(string worker, string on) => new() { Worker = worker, On = On(on) };

    private static DipSampleCompleted Sampled(string on) => new() { Manager = "tm1", On = On(on) };
}
