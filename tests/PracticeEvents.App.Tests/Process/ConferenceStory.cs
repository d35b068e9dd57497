using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>From a conference to a core group that was held in time but recorded late.</summary>
public sealed class ConferenceStory : Council
{
    [Fact]
    public async Task A_first_core_group_recorded_late_withdraws_the_alerts_with_the_reason_and_starts_the_next()
    {
        await SendAsync(Conference(Day(3, 2)));
        Assert.Equal("2026-03-16", Text(Assert.Single(await DutiesAsync("c1", "core-group-first-10wd")), "due"));
        Assert.Equal("2026-06-02", Text(Assert.Single(await DutiesAsync("c1", "cp-review-first-3m")), "due"));

        await MoveToAsync(At(3, 17));
        var told = await AlertsAsync("core-group-first-10wd");
        Assert.Contains("tm1 overdue open", told);
        Assert.Contains("hos1 overdue open", told);

        await SendAsync(new CoreGroupHeld { Child = "c1", On = new(Day(3, 12)) });
        Assert.DoesNotContain(await AlertsAsync("core-group-first-10wd"), a => a.EndsWith(" open", StringComparison.Ordinal));
        var alerts = await GetAsync("/api/alerts?for=all&status=withdrawn");
        var manager = Assert.Single(alerts, a => Text(a, "to") is "tm1" && Text(a, "rule") is "core-group-first-10wd");
        Assert.Contains("done on Thursday 12 March 2026, in time, and recorded on Tuesday 17 March 2026", Text(manager, "withdrawnBecause"), StringComparison.Ordinal);
        var next = Assert.Single(await DutiesAsync("c1", "core-group-repeat"));
        Assert.Equal(("2026-03-12", "2026-04-23"), (Text(next, "startedOn"), Text(next, "due")));

        Assert.Equal("overdue", Text(Assert.Single(await DutiesAsync("c1", "core-group-first-10wd", "?asAt=2026-03-17T08:59:59Z")), "status"));
    }
}
