using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>Half-way between two reviews, wherever the ends of the cycle move to.</summary>
public sealed class MidPointStory : Council
{
    private const string Told = "select data ->> 'due' from public.mt_events where type = 'mid_point_due' and stream_id = 'child-c1' order by seq_id";

    [Fact]
    public async Task Half_way_moves_with_either_end_of_the_cycle_and_is_said_once_in_the_childs_stream()
    {
        await SendAsync(Conference(Day(3, 2)));
        Assert.Equal(["2026-04-17"], await DueAsync());

        await SendAsync(new ReviewScheduled { Child = "c1", On = new(Day(3, 2)), Cycle = ReviewCycle.ChildProtection, ReviewOn = Day(5, 1) });
        Assert.Equal(["2026-04-01"], await DueAsync());

        await MoveToAsync(At(4, 1));
        Assert.Equal(["2026-04-01"], await QueryAsync(Told));
        Assert.Contains("ch1 mid_point open", await AlertsAsync("cp-midpoint"));

        await SendAsync(new ReviewConferenceHeld { Child = "c1", On = new(Day(3, 30)), Outcome = ReviewConferenceOutcome.Continue });
        Assert.Equal(["2026-04-01", "2026-06-30"], await DueAsync());
        Assert.DoesNotContain(await AlertsAsync("cp-midpoint"), a => a.EndsWith(" open", StringComparison.Ordinal));
        Assert.Single(await QueryAsync(Told));
    }

    private async Task<IEnumerable<string>> DueAsync() => (await DutiesAsync("c1", "cp-midpoint")).Select(d => Text(d, "due"));
}
