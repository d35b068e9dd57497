using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.App.Tests.Cli;
using PracticeEvents.App.Views;
using PracticeEvents.App.Views.Rebuilding;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Rebuilding;

/// <summary>New tables take the place of the live ones while everybody goes on.</summary>
public sealed class SwapTests : RebuildHouse
{
    [Fact]
    public async Task Nobody_sees_less_than_everything_while_events_come_and_views_are_rebuilt()
    {
        await SendChildrenAsync();
        var duties = await CountAsync("select count(*) from practice.obligations");
        using var done = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            for (var n = 0; !done.IsCancellationRequested; n++)
            {
                await SendAsync(
                    new ReferralReceived { Child = $"e{n:000}", Ref = "r1", On = new(Day(2, 2)) },
                    new CoreGroupHeld { Child = "d01", On = new(Day(2, 2).AddDays(n % 20)) });
            }
        });
        var reading = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var (reader, children, obligations) = (
                Services.GetRequiredService<ViewReader>(),
                Services.GetRequiredService<ChildrenView>(),
                Services.GetRequiredService<ObligationsView>());
            var (least, read) = (Children, 0);
            for (; !done.IsCancellationRequested; read++)
            {
                var seen = (await reader.RowsAsync(children, null, null, default)).Count;
                Assert.True(seen >= least, $"{seen} children where there had been {least}");
                Assert.True((await reader.RowsAsync(obligations, null, null, default)).Count >= duties, "duties were missing");
                least = seen;
            }

            return read;
        })));

        for (var n = 0; n < 8; n++)
        {
            await Rebuild.ViewsAsync(Views, swap: true, null, default);
            await Rebuild.AlertsAsync(swap: true, null, default);
        }

        var verb = await Practice.RunAsync("rebuild", "--connection", Connection);
        await done.CancelAsync();
        await sending;
        Assert.True(verb.Code == 0, verb.ToString());
        Assert.All(await reading, read => Assert.True(read > 8));
        await SettleAsync();
        Assert.All((await Rebuild.ViewsAsync(Views, swap: false, null, default)).Tables, t => Assert.False(t.Changed, t.Name));
        Assert.All((await Rebuild.AlertsAsync(swap: false, null, default)).Tables, t => Assert.False(t.Changed, t.Name));
        Assert.Equal(await CountAsync("select count(*) from public.mt_streams where id like 'child-%'"), await CountAsync("select count(*) from practice.children"));
    }

    [Fact]
    public async Task The_swap_waits_for_a_long_reader_and_others_read_and_write_meanwhile()
    {
        await SendChildrenAsync();
        Task rebuilding;
        await using (await ReaderOfAsync("children"))
        {
            rebuilding = Rebuild.ViewsAsync(Views, swap: true, null, default);
            await FilledAsync("obligations");
            await SendAsync(Conference(Day(2, 2), "d91"));
            Assert.Single(await QueryAsync("select child from practice.children where child = 'd91'"));
            Assert.False(rebuilding.IsCompleted);
        }

        await rebuilding;
        Assert.Single(await QueryAsync("select child from practice.children where child = 'd91'"));
    }

    [Fact]
    public async Task A_second_rebuild_is_told_of_the_first()
    {
        await SendChildrenAsync();
        Task rebuilding;
        await using (await ReaderOfAsync("children"))
        {
            rebuilding = Rebuild.ViewsAsync(Views, swap: true, null, default);
            await FilledAsync("obligations");

            var second = await Practice.RunAsync("rebuild", "--connection", Connection);

            Assert.Equal((4, ""), (second.Code, second.Out));
            Assert.Contains("Another rebuild is at work on this database.", second.Err, StringComparison.Ordinal);
        }

        await rebuilding;
    }

    [Fact]
    public async Task A_rebuild_that_was_killed_changes_nothing_and_leaves_nothing_after_the_next()
    {
        await SendChildrenAsync();
        await RunAsync("update practice.obligations set title = 'spoilt'");
        await using (await ReaderOfAsync("children"))
        {
            using var killed = Practice.Start("rebuild", "--connection", Connection);
            await FilledAsync("obligations");
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.NotEqual(0, await LeftAsync());
        Assert.Equal(0, await CountAsync("select count(*) from practice.obligations where title <> 'spoilt'"));
        await Until.HoldsAsync(
            async () => await CountAsync($"select count(*) from (select pg_try_advisory_xact_lock({ShadowTables.RebuildLock}) as free) t where free") > 0, "the lock was free");

        var next = await Rebuild.ViewsAsync(Views, swap: true, null, default);

        Assert.Contains(next.Tables, t => t.Changed);
        Assert.Equal((0, 0), (await LeftAsync(), await CountAsync("select count(*) from practice.obligations where title = 'spoilt'")));
    }

    [Fact]
    public async Task A_changed_view_is_filled_beside_the_old_one_before_anything_goes_on()
    {
        await SendChildrenAsync();
        var rows = await QueryAsync("select child from practice.basics order by 1");
        await RunAsync("""
            update practice.views set definition = 'of another release' where name = 'basics';
            alter table practice.basics drop column oversight_on;
            """);
        Task starting;
        await using (await ReaderOfAsync("basics"))
        {
            starting = Tables.EnsureAsync(Services, default);
            await FilledAsync("basics");
            Assert.Equal(rows, await QueryAsync("select child from practice.basics order by 1"));
            Assert.Equal(["of another release"], await QueryAsync("select definition from practice.views where name = 'basics'"));
            Assert.False(starting.IsCompleted);
        }

        await starting;
        Assert.Equal(rows, await QueryAsync("select child from practice.basics where oversight_on is null order by 1"));
        Assert.Equal([Views.Single(v => v.Name == "basics").Definition], await QueryAsync("select definition from practice.views where name = 'basics'"));
        Assert.Equal(0, await LeftAsync());
    }

    [Fact]
    public async Task A_node_does_not_write_into_a_view_that_another_release_has_changed()
    {
        await SendChildrenAsync();
        await RunAsync("update practice.views set definition = 'of another release' where name = 'children'");
        var sending = SendAsync(Conference(Day(2, 2), "d92"));

        await Until.HoldsAsync(() => Task.FromResult(Services.GetRequiredService<ProcessHealth>().State == "failing"), "the process said so");
        Assert.Equal(0, await CountAsync("select count(*) from practice.children where child = 'd92'"));

        await Tables.EnsureAsync(Services, default);
        await sending;
        Assert.Equal(1, await CountAsync("select count(*) from practice.children where child = 'd92'"));
    }
}
