using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>
/// The service is killed and its database stopped while events come in. Afterwards nothing that was acknowledged is missing, nothing is there twice, and nobody was told
/// twice. <c>CHAOS_POSTS</c> sets the number of posts of each test (default 500); with 20000 it is the long form, run by hand.
/// </summary>
public abstract class Struck(ITestOutputHelper output)
{
    private static readonly int Posts = int.Parse(Environment.GetEnvironmentVariable("CHAOS_POSTS") is { Length: > 0 } said ? said : "500", CultureInfo.InvariantCulture);

    /// <summary>Sends everything while each strike in turn is carried out, and looks at what is left.</summary>
    internal async Task StrikeAsync(int nodes, params Func<ChaosHouse, Task>[] turns)
    {
        var began = Stopwatch.GetTimestamp();
        await using var house = await ChaosHouse.StartAsync(nodes);
        using var writers = new Writers(house, Posts);
        await writers.SendAsync(0, [.. Story.Structure().Select((e, n) => ($"t{n}", e))]);

        var sending = writers.RunAsync();
        var strikes = Math.Max(turns.Length, Posts / 1000);
        for (var strike = 0; strike < strikes; strike++)
        {
            var when = Posts * (strike + 1) / (strikes + 1);
            await Until.HoldsAsync(() => Task.FromResult(writers.Done >= when || sending.IsCompleted), "the next strike");
            await turns[strike % turns.Length](house);
        }

        await sending;
        var sent = Stopwatch.GetElapsedTime(began);
        await Verdict.SettleAsync(house.Source);

        Assert.Empty(writers.Refusals);
        Assert.Empty(house.EndedByThemselves);
        Assert.Empty(await Verdict.FindAsync(house.Source, writers.Acknowledged.Keys));
        var before = await Verdict.SumAsync(house.Source);
        var (exitCode, said) = await PracticeProcess.RunAsync("rebuild", "--data", house.Folder);
        Assert.True(exitCode == 0, said);
        Assert.Equal(before, await Verdict.SumAsync(house.Source));

        output.WriteLine($"{Posts} posts, {writers.Acknowledged.Count} events acknowledged, {strikes} strikes, {writers.Repeated} posts repeated, {writers.Duplicates} events said to be duplicates");
        output.WriteLine($"{await Verdict.CountsAsync(house.Source)}; sent in {sent.TotalSeconds:0.0} s, all in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        output.WriteLine(before);
    }
}

public sealed class When_the_service_is_killed(ITestOutputHelper output) : Struck(output)
{
    [Fact]
    public Task Nothing_is_lost_or_doubled() => StrikeAsync(nodes: 1, house => house.KillNodeAsync(0));
}

public sealed class When_the_database_is_stopped(ITestOutputHelper output) : Struck(output)
{
    [Fact]
    public Task Nothing_is_lost_or_doubled() => StrikeAsync(nodes: 1, house => house.StopDatabaseAsync());
}

public sealed class When_one_of_two_nodes_is_killed_and_then_their_database_is_stopped(ITestOutputHelper output) : Struck(output)
{
    [Fact]
    public Task Nothing_is_lost_or_doubled() => StrikeAsync(nodes: 2, house => house.KillNodeAsync(0), house => house.StopDatabaseAsync(), house => house.KillNodeAsync(1));
}
