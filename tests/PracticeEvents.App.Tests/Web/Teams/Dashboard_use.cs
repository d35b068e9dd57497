using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Teams;

/// <summary>Who of the managers uses the service is known, because a dashboard that nobody opens keeps no work from drifting.</summary>
public sealed class Dashboard_use : Council
{
    private const string Noted = "select (data ->> 'worker') || ' ' || (data ->> 'on') from public.mt_events where type = 'dashboard_opened' order by seq_id";

    [Fact]
    public async Task A_manager_who_opens_alerts_or_a_team_is_noted_once_a_day_and_nobody_else()
    {
        using var manager = SignedIn("tm1", Role.TeamManager);
        using var worker = SignedIn("sw1", Role.SocialWorker);
        await manager.PageAsync("/alerts");
        await manager.PageAsync("/teams/t1");
        await worker.PageAsync("/alerts");
        Assert.Equal(["tm1 2026-03-02"], await QueryAsync(Noted));

        await MoveToAsync(new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero));
        await manager.PageAsync("/teams/t1");
        Assert.Equal(["tm1 2026-03-02", "tm1 2026-03-03"], await QueryAsync(Noted));
    }

    [Fact]
    public async Task A_page_of_something_else_is_no_use_of_the_dashboard()
    {
        using var manager = SignedIn("tm1", Role.TeamManager);
        await manager.PageAsync("/rules");
        Assert.Empty(await QueryAsync(Noted));
    }
}
