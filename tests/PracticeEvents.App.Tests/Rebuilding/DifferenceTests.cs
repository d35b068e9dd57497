using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.Cli;
using PracticeEvents.App.Views.Rebuilding;
using Xunit;

namespace PracticeEvents.App.Tests.Rebuilding;

/// <summary>A rebuild says which rows it changes, and puts them right.</summary>
public sealed class DifferenceTests : RebuildHouse
{
    [Fact]
    public async Task Nothing_changes_when_nothing_is_wrong()
    {
        await SendChildrenAsync();

        var (views, alerts) = (await Rebuild.ViewsAsync(Views, swap: true, null, default), await Rebuild.AlertsAsync(swap: true, null, default));

        Assert.All(views.Tables.Concat(alerts.Tables), t => Assert.Equal((t.Before, false), (t.After, t.Changed)));
        Assert.All(views.Tables.Concat(alerts.Tables), t => Assert.True(t.After > 0, t.Name));
        Assert.Equal(0, await LeftAsync());
    }

    [Fact]
    public async Task Rows_that_were_spoilt_are_named_and_a_rebuild_puts_them_right()
    {
        await SendChildrenAsync();
        await RunAsync("""
            update practice.children set family = 'f9', died = true where child = 'd01';
            delete from practice.children where child = 'd02';
            insert into practice.children (child, died) values ('stray', false);
            insert into practice.basics select * from practice.basics where child = 'd03';
            update practice.obligations set title = 'spoilt';
            """);

        var told = await Practice.RunAsync("rebuild", "--diff", "--json", "--connection", Connection);

        Assert.True(told.Code == 1, told.ToString());
        Assert.Equal((1, false), (told.Code, told.Json.GetProperty("swapped").GetBoolean()));
        var would = await Rebuild.ViewsAsync(Views, swap: false, null, default);
        var children = would.Tables.Single(t => t.Name == "children");
        Assert.Equal(["added d02", "changed d01", "gone stray"], children.Examples.Select(e => $"{e.Kind} {e.Key["child"]}"));
        Assert.Equal([new ColumnDifference("family", "f9", null), new ColumnDifference("died", "true", "false")], children.Examples[1].Columns);
        Assert.Equal("gone d03", would.Tables.Single(t => t.Name == "basics").Examples.Select(e => $"{e.Kind} {e.Key["child"]}").Single());
        var duties = would.Tables.Single(t => t.Name == "obligations");
        Assert.Equal((duties.Before, 5), (duties.RowsChanged, duties.Examples.Count));

        Assert.Equal(1, (await Practice.RunAsync("rebuild", "--connection", Connection)).Code);
        Assert.Equal(0, (await Practice.RunAsync("rebuild", "--diff", "--connection", Connection)).Code);
    }

    [Fact]
    public async Task What_was_archived_at_the_end_of_the_log_is_said_to_go()
    {
        await SendChildrenAsync();
        await RunAsync("update public.mt_events set is_archived = true where seq_id >= (select max(seq_id) from public.mt_events where type = 'alert_raised')");

        var told = await Rebuild.AlertsAsync(swap: false, null, default);

        Assert.All(told.Tables, t => Assert.Equal((1L, 0L, 0L), (t.RowsGone, t.RowsAdded, t.RowsChanged)));
    }

    [Fact]
    public async Task Two_rows_that_have_exchanged_a_value_are_found_whichever_two()
    {
        await SendChildrenAsync();
        for (var n = 0; n < 8; n++)
        {
            var exchange = $"""
                update practice.obligations o set title = p.title
                from practice.obligations p, (select min(rule) as one, max(rule) as other from practice.obligations where child = 'd{n:00}') two
                where o.child = 'd{n:00}' and p.child = o.child and ((o.rule = two.one and p.rule = two.other) or (o.rule = two.other and p.rule = two.one))
                """;
            await RunAsync(exchange);
            var told = await Rebuild.ViewsAsync([.. Views.Where(v => v.Name == "obligations")], swap: false, null, default);
            Assert.True(told.Tables[0].RowsChanged >= 2, $"d{n:00}: {told.Tables[0]}");

            await RunAsync(exchange);
            Assert.False((await Rebuild.ViewsAsync([.. Views.Where(v => v.Name == "obligations")], swap: false, null, default)).Tables[0].Changed);
        }
    }

    [Fact]
    public async Task A_child_whose_turn_has_not_come_yet_after_much_has_come_at_once_is_behind_and_not_wrong()
    {
        await SendChildrenAsync();
        await RunAsync($"""
            delete from practice.obligations where child in ('d01', 'd02');
            insert into practice.timers (owner, key, due_at) values ('d01', '{Everyone.BehindWith("load-1")}', '2100-01-01');
            """);

        var told = await Rebuild.ViewsAsync([.. Views.Where(v => v.Name == "obligations")], swap: false, null, default, examples: 100);

        Assert.Equal(["d02"], told.Tables[0].Examples.Select(e => e.Key["child"]).Distinct());
    }

    [Fact]
    public async Task One_view_is_rebuilt_and_the_others_are_left_alone()
    {
        await SendChildrenAsync();
        await RunAsync("update practice.children set died = true; update practice.obligations set title = 'spoilt'");

        await Rebuild.ViewsAsync([.. Views.Where(v => v.Name == "children")], swap: true, null, default);

        Assert.Equal(0, await CountAsync("select count(*) from practice.children where died"));
        Assert.NotEqual(0, await CountAsync("select count(*) from practice.obligations where title = 'spoilt'"));
    }

    [Fact]
    public async Task Alerts_and_their_feed_are_put_right_and_nobody_is_told_anything()
    {
        await SendChildrenAsync();
        var (alerts, said) = (await CountAsync("select count(*) from practice.alerts"), await CountAsync("select max(position) from practice.alert_feed"));
        await RunAsync("""
            update practice.alerts set status = 'settled' where id = (select min(id) from practice.alerts);
            delete from practice.alerts where id = (select max(id) from practice.alerts);
            delete from practice.alert_feed where position = (select min(position) from practice.alert_feed);
            """);

        var rebuilt = await Rebuild.AlertsAsync(swap: true, null, default);

        Assert.Equal(["alerts 1 added 0 gone 1 changed", "alert_feed 1 added 0 gone 0 changed"],
            rebuilt.Tables.Select(t => $"{t.Name} {t.RowsAdded} added {t.RowsGone} gone {t.RowsChanged} changed"));
        Assert.Equal("status", rebuilt.Tables[0].Examples.Single(e => e.Kind == "changed").Columns.Single().Name);
        Assert.Equal((alerts, said), (await CountAsync("select count(*) from practice.alerts"), await CountAsync("select max(position) from practice.alert_feed")));
        Assert.All((await Rebuild.AlertsAsync(swap: false, null, default)).Tables, t => Assert.False(t.Changed));
        await SendAsync(Conference(Day(2, 2), "d90"));
        Assert.NotEqual(said, await CountAsync("select max(position) from practice.alert_feed"));
    }

    [Fact]
    public async Task A_child_whose_record_cannot_be_read_keeps_its_rows()
    {
        await SendChildrenAsync();
        var before = await QueryAsync("select t::text from practice.obligations t where child = 'd04' order by 1");
        await RunAsync("update public.mt_events set type = 'of_a_later_release' where stream_id = 'child-d04' and type = 'referral_received'");

        var rebuilt = await Rebuild.ViewsAsync(Views, swap: true, null, default);

        Assert.Equal((1, false), (rebuilt.Stopped, rebuilt.Tables.Any(t => t.Changed)));
        Assert.Equal(before, await QueryAsync("select t::text from practice.obligations t where child = 'd04' order by 1"));
    }
}
