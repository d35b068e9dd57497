using PracticeEvents.App.Process.Proving;
using PracticeEvents.Domain.Events;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>Who is told while people come, go, are away and stand in for each other.</summary>
public sealed class PeopleStory : Council
{
    [Fact]
    public async Task While_a_worker_is_away_the_alerts_go_to_cover_and_come_back_on_the_day_of_return()
    {
        await SendAsync(Registered("sw1", Role.SocialWorker), Registered("sw2", Role.SocialWorker), Conference(Day(2, 26)));
        Assert.Contains("sw1 due_soon open", await AlertsAsync("core-group-first-10wd"));

        await SendAsync(new AbsenceRecorded { Worker = "sw1", From = Day(3, 4), To = Day(3, 6), Cover = "sw2", On = new(Day(3, 2)) });
        Assert.Contains("sw1 due_soon open", await AlertsAsync("core-group-first-10wd"));

        await MoveToAsync(At(3, 4));
        Assert.Contains("sw2 due_soon open", await AlertsAsync("core-group-first-10wd"));
        Assert.Contains("sw1 due_soon withdrawn", await AlertsAsync("core-group-first-10wd"));

        await MoveToAsync(At(3, 7));
        Assert.Contains("sw1 due_soon open", await AlertsAsync("core-group-first-10wd"));
        Assert.Contains("sw2 due_soon withdrawn", await AlertsAsync("core-group-first-10wd"));
        await ProvenAsync();
    }

    [Fact]
    public async Task An_absence_that_is_called_off_gives_the_alerts_back_at_once()
    {
        await SendAsync(
            Registered("sw1", Role.SocialWorker),
            Registered("sw2", Role.SocialWorker),
            Conference(Day(2, 26)),
            new AbsenceRecorded { Worker = "sw1", From = Day(3, 1), To = Day(3, 20), Cover = "sw2", On = new(Day(3, 1)) });
        Assert.Contains("sw2 due_soon open", await AlertsAsync("core-group-first-10wd"));

        await SendAsync(new AbsenceCancelled { Worker = "sw1", On = new(Day(3, 2)) });

        Assert.Contains("sw1 due_soon open", await AlertsAsync("core-group-first-10wd"));
    }

    [Fact]
    public async Task The_alerts_of_somebody_who_leaves_go_one_level_up_at_once()
    {
        await SendAsync(Registered("sw1", Role.SocialWorker), Conference(Day(2, 26)));

        await SendAsync(new WorkerLeft { Worker = "sw1", On = new(Day(3, 2)) });

        var alerts = await AlertsAsync("core-group-first-10wd");
        Assert.Contains("sw1 due_soon withdrawn", alerts);
        Assert.Contains("tm1 due_soon open", alerts);
        await ProvenAsync();
    }

    [Fact]
    public async Task A_duty_that_nobody_can_be_held_to_is_told_further_up_once_and_until_somebody_can()
    {
        await SendAsync(Registered("sw1", Role.SocialWorker), Registered("tm1", Role.TeamManager), Conference(Day(2, 26)));

        await SendAsync(
            new AbsenceRecorded { Worker = "sw1", From = Day(3, 2), To = Day(3, 13), On = new(Day(3, 2)) },
            new AbsenceRecorded { Worker = "tm1", From = Day(3, 2), To = Day(3, 4), On = new(Day(3, 2)) });
        Assert.Equal(["hos1 escalated open"], await AlertsAsync("uncovered-duty"));

        await MoveToAsync(At(3, 5));
        Assert.Equal(["hos1 escalated withdrawn"], await AlertsAsync("uncovered-duty"));
        Assert.Contains("tm1 due_soon open", await AlertsAsync("core-group-first-10wd"));
        await ProvenAsync();
    }

    [Fact]
    public async Task A_chair_s_alerts_never_fall_to_the_operational_line()
    {
        await SendAsync(Registered("hsg", Role.HeadOfSafeguarding), Registered("ch1", Role.CpChair), Conference(Day(2, 26)));
        await SendAsync(new AbsenceRecorded { Worker = "ch1", From = Day(3, 2), To = Day(12, 31), On = new(Day(3, 2)) });

        await MoveToAsync(At(5, 6));

        var told = (await GetAsync("/api/alerts?for=all")).Where(a => Text(a, "role") is "cp_chair" && Text(a, "status") is "open").Select(a => Text(a, "to")).Distinct();
        Assert.Equal(["hsg"], told);
    }

    private static WorkerRegistered Registered(string worker, Role role) => new() { Worker = worker, Roles = [role], Team = "t1", On = new(Day(1, 5)) };

    private async Task ProvenAsync()
    {
        var proved = await Services.GetRequiredService<Proof>().RunAsync(null, default);
        Assert.Empty(proved.Findings);
        Assert.Equal(0, proved.Behind);
    }
}
