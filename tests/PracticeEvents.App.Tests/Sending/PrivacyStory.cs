using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PracticeEvents.App.Access;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Names stand in one table that only signed-in pages read. Here they are planted for every child, worker and team, and looked for in
/// everything that leaves the service.</summary>
public sealed class PrivacyStory : Council
{
    private static readonly string[] Planted = ["Zebedee Quirk", "Philippa Thistlewood", "Marmalade Dovecote"];

    private MailSink mail = null!;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Alerts:Channels:AllowPrivateAddresses"] = "true",
        ["Alerts:Channels:Email:Host"] = "127.0.0.1",
        ["Alerts:Channels:Email:Port"] = mail.Port,
        ["Alerts:Channels:Email:From"] = "alerts@council.example",
    };

    public override async Task InitializeAsync()
    {
        mail = MailSink.Start();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await mail.DisposeAsync();
    }

    [Fact]
    public async Task No_name_leaves_the_service_by_any_feed_message_log_metric_or_trace()
    {
        var labels = Services.GetRequiredService<Labels>();
        await labels.SetAsync("child", new Dictionary<string, string> { ["c1"] = Planted[0] }, default);
        await labels.SetAsync("worker", new[] { "sw1", "tm1", "hos1", "ch1", "plo1" }.ToDictionary(w => w, _ => Planted[1]), default);
        await labels.SetAsync("team", new Dictionary<string, string> { ["t1"] = Planted[2] }, default);
        var left = new ConcurrentBag<string>();
        using var metrics = Metrics(left);
        using var traces = Traces(left);
        using var log = new KeptLog();
        Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (http, got) =>
        {
            http.Response.StatusCode = got.Path == "/gone" ? 410 : 204;
            return Task.CompletedTask;
        };
        using var manager = await ReaderAsync("tm1", Role.TeamManager);
        await manager.PostAsJsonAsync("/api/subscriptions", new { channel = "webhook", scope = "team", address = receiver.Address });
        await manager.PostAsJsonAsync("/api/subscriptions", new { channel = "teams", scope = "team", address = receiver.Address });
        await manager.PostAsJsonAsync("/api/subscriptions", new { channel = "email", scope = "team", address = "tm1@council.example" });
        await manager.PostAsJsonAsync("/api/subscriptions", new { channel = "webhook", scope = "team", address = $"{receiver.Address}/gone" });
        var feed = await (await manager.PostAsJsonAsync("/api/subscriptions", new { channel = "feed", scope = "team" })).Content.ReadFromJsonAsync<JsonElement>();

        await SendAsync(Conference(Day(2, 26)), new LegalGatewayHeld { Child = "c1", On = new(Day(3, 2)), Decision = GatewayDecision.Issue });
        await MoveToAsync(At(3, 30));
        await receiver.UntilAsync(20);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (mail.Got.Count < 2)
        {
            await Task.Delay(20, late.Token);
        }

        // A receiver that wants nothing any more is something to log.
        while (log.Lines.IsEmpty)
        {
            await Task.Delay(20, late.Token);
        }

        log.Lines.ToList().ForEach(left.Add);
        mail.Got.ToList().ForEach(left.Add);
        foreach (var address in feed.GetProperty("feeds").EnumerateArray())
        {
            left.Add(await manager.GetStringAsync(address.GetString()));
        }

        foreach (var api in new[] { "/api/alerts?for=team", "/api/alerts?for=team&format=csv", "/api/events?after=0", "/api/subscriptions", "/health/detail" })
        {
            left.Add(await (await manager.GetAsync(api)).Content.ReadAsStringAsync());
        }

        receiver.Got.ToList().ForEach(g => left.Add(Encoding.UTF8.GetString(g.Body) + string.Join(' ', g.Headers)));
        left.Add(JsonSerializer.Serialize(
            (await QueryAsync("select data::text || headers::text from public.mt_events"))
                .Concat(await QueryAsync("select payload::text || coalesce(last_error, '') from practice.outbox"))));

        // The names are there for those who may see them, so that their absence elsewhere says something.
        using var pages = SignedIn("tm1", Role.TeamManager);
        Assert.Contains(Planted[0], (await pages.PageAsync("/alerts?view=team")).Body!.TextContent, StringComparison.Ordinal);
        Assert.True(left.Count > 30, $"{left.Count}");
        Assert.All(Planted.SelectMany(name => name.Split(' ')), word => Assert.DoesNotContain(left, text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Everything that is logged at the levels that are on, with its values.</summary>
    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private static MeterListener Metrics(ConcurrentBag<string> left)
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, its) => its.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => left.Add(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => left.Add(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => left.Add(Text(instrument, tags)));
        listener.Start();
        return listener;
    }

    private static string Text(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => instrument.Name + string.Join(' ', tags.ToArray());

    private static ActivityListener Traces(ConcurrentBag<string> left)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => left.Add(activity.DisplayName + string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
