using Xunit;
using Xunit.Abstractions;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>The short form of <c>make soak</c>. <c>SOAK_SEED</c> gives it another seed.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Seed = 20260302;

    [Fact]
    public async Task Whatever_is_done_to_the_nodes_and_the_database_nothing_is_lost_doubled_or_wrong() =>
        Assert.Empty((await Soak.RunAsync(Soak.Seed(Seed), TimeSpan.FromSeconds(60), output.WriteLine)).Wrongs);

    [Fact]
    public void One_seed_gives_one_schedule_and_one_story()
    {
        var (length, posts) = (TimeSpan.FromMinutes(15), 3000);

        Assert.Equal(Schedule.Of(7, length, 3), Schedule.Of(7, length, 3));
        Assert.Equal(Story.Posts(7).Take(posts).Select(Told), Story.Posts(7).Take(posts).Select(Told));
    }

    [Fact]
    public void Another_seed_gives_another_schedule_and_another_story()
    {
        Assert.NotEqual(Schedule.Of(7, TimeSpan.FromSeconds(50), 3), Schedule.Of(8, TimeSpan.FromSeconds(50), 3));
        Assert.NotEqual(Story.Posts(7).Take(100).Select(Told), Story.Posts(8).Take(100).Select(Told));
    }

    [Fact]
    public void Every_harm_is_done_in_every_run_and_in_order_of_time()
    {
        var faults = Schedule.Of(7, TimeSpan.FromSeconds(50), 3);

        Assert.Equal(Enum.GetValues<Harm>(), faults.Select(f => f.Harm).Distinct().Order());
        Assert.Equal(faults.OrderBy(f => f.At), faults);
        Assert.All(faults, f => Assert.InRange(f.At, TimeSpan.Zero, TimeSpan.FromSeconds(50)));
    }

    [Fact]
    public void Only_a_long_run_stops_a_node_for_a_minute_and_only_once() =>
        Assert.Single(Schedule.Of(7, TimeSpan.FromMinutes(15), 3), f => f.For == TimeSpan.FromMinutes(1));

    private static string Told(Post post) => $"{post.Node} {string.Join(' ', post.Events)}";
}
