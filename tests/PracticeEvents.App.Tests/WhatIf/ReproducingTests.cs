using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Access;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Process;
using PracticeEvents.App.Synthetic;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.WhatIf;

/// <summary>Unchanged rules say again what was said: that is what makes the answers about other rules worth having.</summary>
public sealed class ReproducingTests : WhatIfHouse
{
    [Fact]
    public async Task A_replay_says_what_was_said_through_late_facts_corrections_and_changes_of_people()
    {
        await TenWeeksAsync();
        var notices = await QueryAsync("select id || ' ' || recipient from practice.alerts where rule = 'gateway-notify-now' and status = 'open' order by id");
        Assert.NotEmpty(notices);
        foreach (var notice in notices.Select(n => n.Split(' ')))
        {
            using var reader = await ReaderAsync(notice[1]);
            Assert.True((await reader.PostAsync($"/api/alerts/{notice[0]}/read", null)).IsSuccessStatusCode);
        }

        await MoveToAsync(At(5, 20));

        var told = await ToldAsync(Day(3, 2));
        Assert.True(told.Count > 40, $"{told.Count}");
        Assert.Empty(await QueryAsync("select stage from practice.alerts where rule = 'gateway-notify-now' and stage = 'escalated'"));

        Assert.Equal(told, await ReplayedAsync(Day(3, 2), Day(5, 20)));
        Assert.Equal(await ToldAsync(Day(4, 20)), await ReplayedAsync(Day(4, 20), Day(5, 20)));
    }

    [Fact]
    public async Task A_replay_says_what_was_said_of_an_invented_authority_after_its_history_was_loaded()
    {
        var load = new DemoLoad(Services.GetRequiredService<EventStore>(), Source, Services.GetRequiredService<Labels>(), Services.GetRequiredService<TimeProvider>());
        await load.RunAsync(new AuthorityPlan(20, 20, Start, 6), ct => Services.GetRequiredService<TimescaleProcess>().SettleAsync(ct), null, default);
        await SettleAsync();
        await MoveToAsync(At(3, 9));

        var told = await ToldAsync(Day(3, 3));
        Assert.NotEmpty(told);
        Assert.Equal(told, await ReplayedAsync(Day(3, 3), Day(3, 9)));

        // Nobody was told anything before the load. As if the service had been there, there is much to tell of these months.
        var (from, to) = (new DateOnly(2025, 12, 1), new DateOnly(2026, 2, 27));
        Assert.Empty(await Run.ReplayAsync(new WhatIfPeriod(from, to, AsReceived: true), default));
        Assert.NotEmpty(await Run.ReplayAsync(new WhatIfPeriod(from, to), default));
    }
}
