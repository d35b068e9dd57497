using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.App.Access;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>From the sending of an event to its alert on the live stream, both over HTTP, at 200 events a second. Each event is a legal gateway
/// meeting of another child, of which reviewing officer and chair are told at once. Hundreds of others listen too: some to all of their
/// service, so that they are sent every alert, most to their own.</summary>
internal sealed class AlertLatency : IRow
{
    private const int PerSecond = 200;
    private const int Subscribers = 500;
    private const int WideSubscribers = 10;

    public string Word => "alert";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        await using (var store = new EventStore(database.Source, NullLogger<EventStore>.Instance))
        {
            await store.AppendAsync(Samples.Structure());
        }

        await using var sender = await Sender.StartAsync(database);
        var token = await new Tokens(database.Source).CreateAsync("iro-1", [Role.Iro], Samples.Now, default);
        await using var others = await Crowd.ListenAsync(database, sender.Address, Subscribers - WideSubscribers - 1, WideSubscribers);
        await SendAsync(sender, token, TimeSpan.FromSeconds(2));
        var before = await database.FootprintAsync(sender.Service);
        var length = Knobs.Steady < TimeSpan.FromSeconds(20) ? Knobs.Steady : TimeSpan.FromSeconds(20);
        var heard = await SendAsync(sender, token, length);
        var profile = new Profile(
            $"Events to alerts on the stream at {PerSecond} a second",
            "event",
            heard.Count,
            length.TotalSeconds,
            await database.FootprintAsync(sender.Service) - before);
        return new(
            [
                new($"Event sent to alert on the live stream at {PerSecond} a second, {Subscribers} listening: half within", heard.Within(0.5), "ms", null, Goal.AtMost(20)),
                new("… 99 in 100 within", heard.Within(0.99), "ms", null, Goal.AtMost(150)),
            ],
            profile);
    }

    private static async Task<Latencies> SendAsync(Sender sender, string token, TimeSpan length)
    {
        await using var listener = await AlertListener.StartAsync(sender.Address, token);
        var count = 0;
        using var stop = new CancellationTokenSource(length);
        await Load.SteadyAsync(sender.Address, PerSecond, 16, Request, 202, stop.Token);
        await listener.HearAsync(count);
        return listener.Heard;

        byte[] Request()
        {
            var child = string.Create(CultureInfo.InvariantCulture, $"g{Samples.Id()}");
            var request = Requests.Signed(
                sender.Address,
                sender.Secret,
                new LegalGatewayHeld { Child = child, On = new(Samples.Today), Ref = "g1", Decision = GatewayDecision.Issue });
            Interlocked.Increment(ref count);
            listener.Sending(child);
            return request;
        }
    }
}
