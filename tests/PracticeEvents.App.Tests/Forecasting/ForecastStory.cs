using System.Net;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.App.Tests.Web.Teams;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Forecasting;

/// <summary>What falls due in the next working days, over HTTP. It is Monday 2 March 2026.</summary>
public sealed class ForecastStory : Council
{
    [Fact]
    public async Task What_falls_due_is_with_whoever_does_it_on_the_days_they_are_in()
    {
        await SendAsync(
            Conference(Day(2, 20)),
            new AbsenceRecorded { Worker = "sw1", From = Day(3, 2), To = Day(3, 6), On = new(Day(3, 1)) },
            new AbsenceRecorded { Worker = "ch1", From = Day(3, 3), To = Day(3, 3), On = new(Day(3, 1)) });

        var worker = (await GetAsync("/api/forecast?workingDays=5")).Single(w => Text(w, "worker") == "sw1");

        Assert.Equal(("1", "6"), (Text(worker, "daysIn"), Text(worker, "workingDays")));
        var coreGroup = worker.GetProperty("duties").EnumerateArray().Single(d => Text(d, "rule") == "core-group-first-10wd");
        Assert.Equal(("2026-03-06", "True", "4"), (Text(coreGroup, "due"), Text(coreGroup, "atRisk"), Text(coreGroup, "workingDaysToGo")));
        Assert.Contains(
            "The worker is away on every working day until 6 Mar 2026, and nobody stands in.",
            coreGroup.GetProperty("because").EnumerateArray().Select(b => b.GetString()));
        Assert.EndsWith(
            "while away, and nobody stands in.",
            worker.GetProperty("days").EnumerateArray().Single(d => Text(d, "date") == "2026-03-06").GetProperty("clash").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_teams_page_says_what_is_at_risk_what_collides_and_what_nobody_holds()
    {
        await SendAsync(
            Conference(Day(2, 20)), Conference(Day(2, 23), "c2"),
            new CaseTransferred { Child = "c2", ToTeam = "t1", On = new(Day(2, 23)) },
            new AbsenceRecorded { Worker = "sw1", From = Day(3, 2), To = Day(3, 6), On = new(Day(3, 1)) });
        using var manager = SignedIn("tm1", Role.TeamManager);

        var page = await manager.PageAsync("/teams/t1/forecast");

        Assert.Equal("Nobody allocated", PageText.Text(page.QuerySelector("tbody th")!));
        var risks = page.QuerySelectorAll("tbody tr").Select(PageText.Text).ToList();
        Assert.Contains(risks, r => r.StartsWith("Child c1 First core group 6 Mar 2026 sw1 The worker is away on every working day", StringComparison.Ordinal));
        Assert.Contains(risks, r => r.StartsWith("Child c2 First core group 9 Mar 2026 Nobody Nobody is allocated.", StringComparison.Ordinal));
        Assert.Contains(
            page.QuerySelectorAll("main li").Select(PageText.Text),
            l => l.StartsWith("Friday 6 March 2026, sw1: ", StringComparison.Ordinal)
                && l.EndsWith("while away, and nobody stands in.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_it_is_done_it_falls_due_no_more_and_then_is_what_it_was()
    {
        await SendAsync(Conference(Day(2, 20)));
        var before = await DueAsync("/api/forecast");
        await MoveToAsync(At(3, 3));
        await SendAsync(new CoreGroupHeld { Child = "c1", On = new(Day(3, 3)) });

        Assert.Contains("core-group-first-10wd", before);
        Assert.DoesNotContain("core-group-first-10wd", await DueAsync("/api/forecast"));
        Assert.Equal(before, await DueAsync("/api/forecast?asAt=2026-03-02T09:00:00Z"));
    }

    [Fact]
    public async Task A_spreadsheet_has_a_line_for_each_duty()
    {
        await SendAsync(Conference(Day(2, 20)));
        using var reader = await ReaderAsync("admin", Role.Administrator);

        var lines = (await reader.GetStringAsync("/api/forecast?format=csv")).Trim().Split('\n');

        Assert.StartsWith("team,worker,child,rule", lines[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal((await DueAsync("/api/forecast")).Count, lines.Length - 1);
    }

    [Fact]
    public async Task Only_children_whom_the_reader_may_see_are_in_it()
    {
        await SendAsync(Conference(Day(2, 20)));
        using var stranger = await ReaderAsync("sw7", Role.SocialWorker);
        Assert.Equal("[]", await stranger.GetStringAsync("/api/forecast"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("61")]
    [InlineData("-3")]
    [InlineData("soon")]
    public async Task A_number_of_days_that_is_none_is_refused(string days)
    {
        using var reader = await ReaderAsync("admin", Role.Administrator);
        using var answer = await reader.GetAsync($"/api/forecast?workingDays={days}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("a whole number from 1 to 60", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forecasts_are_shown_beside_what_became_of_them()
    {
        // Twenty-five core groups in the summer, five of them late, and six in the last weeks, three of them late.
        await SendAsync([.. Enumerable.Range(0, 25).SelectMany(n => Round($"past{n}", new(2025, 9, 19), n < 5))]);
        await SendAsync([.. Enumerable.Range(0, 6).SelectMany(n => Round($"late{n}", new(2026, 2, 12), n < 3))]);

        var bands = await GetAsync("/api/forecast/calibration");

        var band = bands.Single(b => Text(b, "fromPercent") == "10");
        Assert.Equal(("6", "3"), (Text(band, "duties"), Text(band, "late")));
        Assert.Equal(1.2, band.GetProperty("expectedLate").GetDouble());
    }

    // A conference ten working days before the core group is due; the case ends once it was held, so that nothing else runs on.
    private static IEnumerable<PracticeEvent> Round(string child, DateOnly due, bool late) =>
    [
        Conference(due.AddDays(-14), child),
        new CoreGroupHeld { Child = child, On = new(late ? due.AddDays(3) : due) },
    ];

    private async Task<IReadOnlyList<string>> DueAsync(string path) =>
        [.. (await GetAsync(path)).SelectMany(w => w.GetProperty("duties").EnumerateArray().Select(d => Text(d, "rule")))];
}
