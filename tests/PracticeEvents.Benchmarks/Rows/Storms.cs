using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using PracticeEvents.App.Access;
using PracticeEvents.App.Tests.Sending;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Everything at once: many obligations come to a step in one second, all to a manager whose mail server is dead, who has a webhook to
/// a receiver that hangs and one to a receiver that works; thousands listen to the live stream, one of them reads a byte a minute. Meanwhile
/// events come in, and a reviewing officer is told of gateway decisions on the stream and by webhook.</summary>
internal sealed class Storms : IRow
{
    private const int IngestPerSecond = 50;
    private const int DecisionsPerSecond = 5;
    private const int Wide = 10;

    public string Word => "storms";

    public int Runs => 1;

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        await Referrals.StoreAsync(database);
        await using var receiver = await Receiver.StartAsync();
        using var dead = Dead();
        await using var sender = await Sender.StartAsync(
            database,
            ("Alerts:Channels:AllowPrivateAddresses", "true"),
            ("Alerts:Channels:Email:Host", "127.0.0.1"),
            ("Alerts:Channels:Email:Port", Port(dead)),
            ("Alerts:Channels:Email:From", "alerts@council.example"));
        var due = await Referrals.BeforeAsync(database, sender.Address);
        var tokens = new Tokens(database.Source);
        var officer = await tokens.CreateAsync("iro-1", [Role.Iro], Samples.Now, default);
        await SubscribeAsync(sender.Address, await tokens.CreateAsync("tm-1", [Role.TeamManager], Samples.Now, default),
            new { channel = "email", address = "tm-1@council.example" },
            new { channel = "webhook", address = $"{receiver.Address}/hangs" },
            new { channel = "webhook", address = $"{receiver.Address}/works" });
        await SubscribeAsync(sender.Address, officer, new { channel = "webhook", stages = new[] { "to_know" }, address = $"{receiver.Address}/decisions" });

        var (sent, decisions) = (new ConcurrentDictionary<string, long>(StringComparer.Ordinal), new Latencies());
        var works = Channel.CreateUnbounded<string>();
        receiver.Answer = (http, got) => AnswerAsync(http, got, sent, decisions, works.Writer);
        using var slow = await SlowAsync(sender.Address, await tokens.CreateAsync("hos-1", [Role.HeadOfService], Samples.Now, default));
        await using var crowd = await Crowd.ListenAsync(database, sender.Address, Knobs.Streams - Wide - 1, Wide);
        await using var listener = await AlertListener.StartAsync(sender.Address, officer);
        using var stop = new CancellationTokenSource();
        var ingest = sender.StoriesAsync(IngestPerSecond, stop.Token);
        var deciding = Load.SteadyAsync(sender.Address, DecisionsPerSecond, 2, Decision, 202, stop.Token);
        var seconds = await Referrals.StrikeAsync(database, sender.Address, due);
        var (worked, missing, twice) = await DeliveredAsync(database, works.Reader, TimeSpan.FromMinutes(10));
        await stop.CancelAsync();
        var waits = await ingest;
        await deciding;
        await listener.HearAsync(sent.Count);
        var peak = (await sender.Service.SayAsync()).Peak / 1024d;
        return new(
        [
            new($"All storms at once, {Knobs.Storm:N0} alerts among them: every alert is durable after", seconds, "s", null, Goal.AtMost(15)),
            new($"… senders at {IngestPerSecond} a second meanwhile: 99 in 100 are answered within", waits.Within(0.99), "ms", null, Goal.AtMost(50)),
            new("… a decision is on the live stream: 99 in 100 within", listener.Heard.Within(0.99), "ms", null, Goal.AtMost(1000)),
            new("… and with another's webhook: 99 in 100 within", decisions.Within(0.99), "ms", null),
            new("… the receiver that works has had all of its messages after", worked, "s", null),
            new("… of them missing", missing, "messages", null, Goal.AtMost(0)),
            new("… of them twice", twice, "messages", null),
            new("… most memory of the service", peak, "MB", null),
        ]);

        byte[] Decision()
        {
            var child = string.Create(CultureInfo.InvariantCulture, $"g{Samples.Id()}");
            var request = Requests.Signed(
                sender.Address,
                sender.Secret,
                new LegalGatewayHeld { Child = child, On = new(Samples.Today), Ref = "g1", Decision = GatewayDecision.Issue });
            sent[child] = Stopwatch.GetTimestamp();
            listener.Sending(child);
            return request;
        }
    }

    private static async Task AnswerAsync(
        Microsoft.AspNetCore.Http.HttpContext http,
        Received got,
        ConcurrentDictionary<string, long> sent,
        Latencies decisions,
        ChannelWriter<string> works)
    {
        if (got.Path == "/hangs")
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        using var body = JsonDocument.Parse(got.Body);
        var child = body.RootElement.GetProperty("data").GetProperty("child").GetString()!;
        if (got.Path == "/decisions" && sent.TryGetValue(child, out var at))
        {
            decisions.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }
        else if (got.Path == "/works" && child[0] == 'r')
        {
            works.TryWrite(got.Id);
        }

        http.Response.StatusCode = 204;
    }

    // Seconds until the receiver that works has had everything that was said to the manager in the storm, how many it lacks when that takes too long, and how many came twice.
    private static async Task<(double Seconds, int Missing, int Twice)> DeliveredAsync(Fresh database, ChannelReader<string> works, TimeSpan most)
    {
        var began = Stopwatch.GetTimestamp();
        var said = await database.ScalarAsync<int>("select count(*)::int from practice.alert_feed where recipient = 'tm-1' and child like 'r%'");
        using var late = new CancellationTokenSource(most);
        var (had, twice) = (new HashSet<string>(StringComparer.Ordinal), 0);
        try
        {
            while (had.Count < said)
            {
                twice += had.Add(await works.ReadAsync(late.Token)) ? 0 : 1;
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // What is missing is the answer.
        }

        return (Stopwatch.GetElapsedTime(began).TotalSeconds, said - had.Count, twice);
    }

    private static async Task SubscribeAsync(Uri address, string token, params object[] wanted)
    {
        using var client = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        foreach (var one in wanted)
        {
            using var answer = await client.PostAsJsonAsync("/api/subscriptions", one);
            answer.EnsureSuccessStatusCode();
        }
    }

    // Nobody answers there: connections are refused.
    private static Socket Dead()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return socket;
    }

    private static string Port(Socket socket) => ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);

    // It reads a byte a minute: in the time of a measure, none.
    private static async Task<Socket> SlowAsync(Uri address, string token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 1024 };
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/alerts/stream?for=all HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n"));
        await socket.ReceiveAsync(new byte[1]);
        return socket;
    }
}
