using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Channels;
using PracticeEvents.App.Children;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Who listens to the live stream, and how fast they read.</summary>
public sealed class StreamSubscriberTests : Council
{
    private const int Storm = 2500;

    [Fact]
    public async Task Whoever_falls_behind_goes_on_from_the_feed_with_no_gap_and_no_repeat()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var slow = await FollowAsync("sw1", late.Token);
        await using var quick = await FollowAsync("tm1", late.Token);
        var first = slow.MoveNextAsync();
        await SayAsync("sw1", 1);
        Assert.True(await first);
        var heard = slow.Current.Select(n => n.Entry.Position).ToList();

        // While the first is looked at, more comes than is kept for anybody; once the other has heard of what came last, all of it was handed out.
        var last = quick.MoveNextAsync();
        await SayAsync("sw1", Storm);
        await SayAsync("tm1", 1);
        Assert.True(await last);

        while (heard.Count <= Storm && await slow.MoveNextAsync())
        {
            heard.AddRange(slow.Current.Select(n => n.Entry.Position));
        }

        Assert.Equal(
            (await QueryAsync("select position::text from practice.alert_feed where recipient = 'sw1' and kind = 'said' order by alert_feed.position"))
                .Select(p => long.Parse(p, CultureInfo.InvariantCulture)),
            heard);
    }

    [Fact]
    public async Task Whoever_has_left_hears_nothing_more_not_even_what_is_for_them()
    {
        await SendAsync(new WorkerRegistered { Worker = "sw1", Roles = [Role.SocialWorker], Team = "t1", On = new(Day(1, 5)) });
        var subscriber = new StreamSubscriber(Principal("sw1"), "team");
        Assert.True(subscriber.MayHear(await HeardAsync("sw1")));
        Assert.False(subscriber.MayHear(await HeardAsync("sw2")));

        await SendAsync(new WorkerLeft { Worker = "sw1", On = new(Day(3, 2)) });
        Assert.False(subscriber.MayHear(await HeardAsync("sw1")));
    }

    private static ClaimsPrincipal Principal(string worker) => new(new ClaimsIdentity([new Claim(ClaimTypes.Name, worker)], "test"));

    private async Task<IAsyncEnumerator<IReadOnlyList<Heard>>> FollowAsync(string worker, CancellationToken ct) =>
        Services.GetRequiredService<AlertStream>()
            .FollowAsync(new StreamSubscriber(Principal(worker), null), await Services.GetRequiredService<AlertFeed>().HeadAsync(ct), ct)
            .GetAsyncEnumerator(ct);

    private async Task<Heard> HeardAsync(string recipient) => new(
        new FeedEntry(1, "said", recipient, "c9", Start, "{}"), null, await Services.GetRequiredService<StructureReader>().ReadAsync(), Services.GetRequiredService<RuleBook>());

    // As the process says it: on the feed, then a word to whoever waits.
    private Task SayAsync(string recipient, int count) => QueryAsync($"""
        with said as (
            insert into practice.alert_feed (position, kind, recipient, child, at, state)
            select (select coalesce(max(position), 0) from practice.alert_feed) + n, 'said', '{recipient}', 'c9', now(), '{"{}"}' from generate_series(1, {count}) n returning 1)
        select pg_notify('practice_events', '')::text from (select count(*) from said) as done
        """);
}
