using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary><c>POST /events</c> with one signed CloudEvent to a request: latency at 500 a second, and the most that 64 connections get through,
/// beside empty requests to the same service. Views, timers and alerts are worked out meanwhile, as in life.</summary>
internal sealed class SignedPosts : IRow
{
    private const int PerSecond = 500;
    private const int Connections = 64;
    private const int Children = 2000;

    public string Word => "post";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        await using (var store = new EventStore(database.Source, NullLogger<EventStore>.Instance))
        {
            await store.AppendAsync([.. Samples.Structure(), .. Samples.OneOfEach()]);
        }

        await using var sender = await Sender.StartAsync(database);
        var next = -1L;
        byte[] Request() => Requests.Signed(sender.Address, sender.Secret, Samples.Story(Interlocked.Increment(ref next), Children, Samples.Today));

        using (var warm = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await Load.SteadyAsync(sender.Address, PerSecond, 16, Request, 202, warm.Token);
        }

        var before = await database.FootprintAsync(sender.Service);
        using var steady = new CancellationTokenSource(Knobs.Steady);
        var latencies = await Load.SteadyAsync(sender.Address, PerSecond, 16, Request, 202, steady.Token);
        var profile = new Profile(
            $"Signed requests at {PerSecond} a second, worked through to alerts",
            "event",
            latencies.Count,
            Knobs.Steady.TotalSeconds,
            await database.FootprintAsync(sender.Service) - before);
        var most = await Load.FullAsync(sender.Address, Knobs.Burst, Connections, Request, 202);
        var floor = await Load.FullAsync(sender.Address, Knobs.Burst, Connections, () => Requests.Empty(sender.Address), null);
        return new(
            [
                new($"One signed event per request at {PerSecond} a second: half are answered within", latencies.Within(0.5), "ms", null),
                new("… 99 in 100 within", latencies.Within(0.99), "ms", null, Goal.AtMost(15)),
                new($"… the most that {Connections} connections get through", most, "requests/s", new("an empty POST", floor), Goal.AtLeast(5000)),
            ],
            profile);
    }
}
