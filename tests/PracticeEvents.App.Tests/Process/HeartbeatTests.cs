using System.Diagnostics;
using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>A node that cannot do its work gives it up.</summary>
public sealed class HeartbeatTests
{
    [Fact]
    public async Task A_node_gives_up_what_it_has_only_when_no_beat_is_on_its_way_that_would_take_it_back()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        var heartbeat = nodes.One.Get<Heartbeat>();
        using var stop = new CancellationTokenSource();
        Task beating, resting;
        await using (await nodes.HoldAsync("lock table practice.nodes in exclusive mode"))
        {
            beating = heartbeat.RunAsync(alone: false, stop.Token);
            await nodes.EndsOrWaitsAsync(nodes.One, beating);
            resting = heartbeat.RestAsync();
            Assert.False(resting.IsCompleted);
        }

        await resting;
        await stop.CancelAsync();
        await beating;
    }

    [Fact]
    public async Task A_node_at_rest_takes_nothing_until_it_works_again()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        var heartbeat = nodes.One.Get<Heartbeat>();
        await heartbeat.RestAsync();
        await nodes.One.Get<Shares>().LeaveAsync(default);

        await BeatOnceAsync(nodes.One);
        Assert.Equal(0, await HoldsAsync(nodes));

        heartbeat.WakeUp();
        await BeatOnceAsync(nodes.One);
        Assert.Equal(Partitions.Count, await HoldsAsync(nodes));
    }

    private static async Task BeatOnceAsync(Parts node)
    {
        using var stop = new CancellationTokenSource();
        var began = Stopwatch.GetTimestamp();
        var beating = node.Get<Heartbeat>().RunAsync(alone: false, stop.Token);
        await Until.HoldsAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(began) > node.Get<ProcessHealth>().SinceBeat), "a beat was over");
        await stop.CancelAsync();
        await beating;
    }

    private static Task<long> HoldsAsync(TwoNodes nodes) => nodes.CountAsync($"select count(*) from practice.leases where holder = '{nodes.One.Node}'");
}
