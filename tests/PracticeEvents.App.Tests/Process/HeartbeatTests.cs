using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.Chaos;
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
}
