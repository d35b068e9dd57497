using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Forecasts;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Tests.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Forecasts;

/// <summary>What falls due, against who is in. Monday 2 March 2026, five working days ahead.</summary>
public sealed class ForecastTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void A_duty_stands_on_the_last_working_day_on_which_it_can_be_done()
    {
        var worker = Assert.Single(Of([Duty("w1", new(2026, 3, 8), planBy: new(2026, 3, 6))]).Workers);
        Assert.Equal([0, 0, 0, 0, 1, 0], worker.Days.Select(d => d.Due));
        Assert.Equal(4, Assert.Single(worker.Duties).ToGo);
    }

    [Fact]
    public void What_is_late_already_is_counted_apart_and_what_is_far_off_is_left_out()
    {
        var worker = Assert.Single(Of([Duty("w1", new(2026, 2, 27)), Duty("w1", new(2026, 3, 10))]).Workers);
        Assert.Equal((1, 0), (worker.Overdue, worker.Duties.Count));
    }

    [Fact]
    public void Three_on_one_day_are_a_clash_and_so_is_one_on_a_day_off()
    {
        var duties = new[] { Duty("w1", new(2026, 3, 4)), Duty("w1", new(2026, 3, 4)), Duty("w2", new(2026, 3, 5)) };
        Assert.DoesNotContain(Of(duties).Workers.SelectMany(w => w.Days), d => d.Clashes);

        var clashes = Of([.. duties, Duty("w1", new(2026, 3, 4))], Away("w2", new(2026, 3, 5), new(2026, 3, 6))).Workers
            .SelectMany(w => w.Days.Where(d => d.Clashes).Select(d => (w.Worker, d.Date.Day)));
        Assert.Equal([("w1", 4), ("w2", 5)], clashes);
    }

    [Fact]
    public void A_duty_is_at_risk_when_its_worker_is_away_until_it_is_due_and_nobody_stands_in()
    {
        Assert.True(Only(Away("w1", Today, new(2026, 3, 4))).AtRisk);
        Assert.False(Only(Away("w1", Today, new(2026, 3, 3))).AtRisk);
        Assert.False(Only(Away("w1", Today, new(2026, 3, 4), "w2")).AtRisk);

        DueDuty Only(AbsenceRecorded away) => Assert.Single(Assert.Single(Of([Duty("w1", new(2026, 3, 4))], away).Workers).Duties);
    }

    [Fact]
    public void A_duty_that_nobody_holds_is_at_risk() => Assert.True(Assert.Single(Assert.Single(Of([Duty(null, new(2026, 3, 4))]).Workers).Duties).AtRisk);

    [Fact]
    public void A_duty_is_at_risk_when_one_in_three_like_it_was_late()
    {
        DueDuty After(int late) => Assert.Single(Assert.Single(Forecast.Of(
            [Duty("w1", new(2026, 3, 4))], [], new Absences([]),
            new PastRounds([Past(late: true, late), Past(late: false, 30 - late)]), RuleFiles.Calendar, Today, 5).Workers).Duties);

        Assert.Equal((true, new Odds(10, 30)), (After(10).AtRisk, After(10).Past));
        Assert.False(After(9).AtRisk);
    }

    [Fact]
    public void Members_of_a_team_are_shown_with_nothing_due()
    {
        var worker = Assert.Single(Forecast.Of([], [("t1", "w1")], new Absences([]), new PastRounds([]), RuleFiles.Calendar, Today, 5).Workers);
        Assert.Equal(("w1", 6, 0), (worker.Worker, worker.DaysIn, worker.Duties.Count));
    }

    [Fact]
    public void At_the_weekend_what_falls_due_before_Monday_stands_on_today_and_not_on_Monday()
    {
        WorkerAhead On(int day, DateOnly due) => Assert.Single(Forecast.Of(
            [Duty("w1", due, planBy: new(2026, 3, 6))],
            [],
            new Absences([]),
            new PastRounds([]),
            RuleFiles.Calendar,
            new(2026, 3, day),
            3).Workers);

        Assert.Equal([(7, 1), (9, 0), (10, 0), (11, 0)], On(7, due: new(2026, 3, 8)).Days.Select(d => (d.Date.Day, d.Due)));
        Assert.Equal([(8, 1), (9, 0), (10, 0), (11, 0)], On(8, due: new(2026, 3, 8)).Days.Select(d => (d.Date.Day, d.Due)));
    }

    [Fact]
    public void A_duty_of_hours_whose_time_has_run_out_today_is_late_already()
    {
        var worker = Assert.Single(Of([Duty("w1", Today) with { IsLate = true }]).Workers);
        Assert.Equal((1, 0), (worker.Overdue, worker.Duties.Count));
    }

    private static Forecast Of(Awaited[] duties, params AbsenceRecorded[] away) => Forecast.Of(
        duties,
        [],
        new Absences(away.Select((a, n) => Facts.Of(a with { On = new(Today) }, "/hr", $"a{n}", new(2026, 3, 1, 9, n, 0, TimeSpan.Zero)))),
        new PastRounds([]),
        RuleFiles.Calendar,
        Today,
        5);

    private static Awaited Duty(string? worker, DateOnly due, DateOnly? planBy = null) => new("c1", "t1", worker, "visit", "Visit", Guid.Empty, due, planBy ?? due);

    private static PastRound Past(bool late, int count) => PastRound.Of("visit", new(2025, 10, 10), late ? new(2025, 10, 13) : new(2025, 10, 10), late, RuleFiles.Calendar, count);

    private static AbsenceRecorded Away(string worker, DateOnly from, DateOnly to, string? cover = null) => new() { Worker = worker, From = from, To = to, Cover = cover };
}
