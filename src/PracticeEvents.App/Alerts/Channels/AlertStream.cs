using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using PracticeEvents.App.Access;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>The live stream of alerts by server-sent events. One reader for each node takes what is new from the feed and hands it to the subscribers;
/// the id of a message is its position, from which a subscriber resumes with no gap and no repeat.</summary>
internal sealed class AlertStream(AlertFeed feed, Notifications notifications, ILogger<AlertStream> log) : BackgroundService
{
    private const int PageSize = 1000;
    private const int MostWaiting = 10_000;

    private readonly ConcurrentDictionary<Channel<FeedEntry>, byte> subscribers = new();
    private readonly TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Entries after a position as they come, for ever. A subscriber who falls too far behind is ended, and resumes by its last id.</summary>
    public async IAsyncEnumerable<FeedEntry> FollowAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var live = Channel.CreateBounded<FeedEntry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        subscribers.TryAdd(live, 0);
        try
        {
            // Until the reader knows where it stands, what is said now would be neither in what it hands out nor in what was said before.
            await reading.Task.WaitAsync(ct);

            // First what was said before, then what is said now; the channel was opened first, so nothing falls between.
            for (var more = true; more;)
            {
                var page = await feed.AfterAsync(after, PageSize, ct);
                foreach (var entry in page)
                {
                    yield return entry;
                    after = entry.Position;
                }

                more = page.Count == PageSize;
            }

            await foreach (var entry in live.Reader.ReadAllAsync(ct))
            {
                if (entry.Position > after)
                {
                    yield return entry;
                    after = entry.Position;
                }
            }
        }
        finally
        {
            subscribers.TryRemove(live, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var position = -1L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var since = notifications.Count;
                if (position < 0)
                {
                    position = await feed.HeadAsync(stoppingToken);
                    reading.TrySetResult();
                }

                for (var page = PageSize; page == PageSize;)
                {
                    (position, page) = await HandOutAsync(position, stoppingToken);
                }

                await notifications.WaitAsync(since, TimeSpan.FromSeconds(30), ct: stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.FeedNotRead(Transient.StateOf(e));
                await notifications.WaitAsync(TimeSpan.FromSeconds(1), ct: stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        reading.TrySetCanceled(CancellationToken.None);
        foreach (var subscriber in subscribers.Keys)
        {
            subscriber.Writer.TryComplete();
        }
    }

    private async Task<(long Position, int Handed)> HandOutAsync(long position, CancellationToken ct)
    {
        var page = await feed.AfterAsync(position, PageSize, ct);
        foreach (var entry in page)
        {
            position = entry.Position;
            foreach (var subscriber in subscribers.Keys)
            {
                if (!subscriber.Writer.TryWrite(entry))
                {
                    subscriber.Writer.TryComplete();
                }
            }
        }

        return (position, page.Count);
    }
}

/// <summary><c>/api/alerts/stream</c>.</summary>
internal static class AlertStreamEndpoint
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void MapAlertStream(this IEndpointRouteBuilder api) => api.MapGet("/alerts/stream", Stream)
        .WithName("StreamAlerts").WithSummary("Alerts as they come, by server-sent events; resume with Last-Event-ID").Produces(200, contentType: "text/event-stream");

    private static async Task Stream(
        HttpContext http, ClaimsPrincipal user, AlertStream stream, AlertFeed feed, ChildAccess access, ViewReader reader, ChildrenView children, RuleBook rules,
        IHostApplicationLifetime life, CancellationToken ct, string? @for = null)
    {
        var given = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : http.Request.Query["lastEventId"].ToString();
        var head = await feed.HeadAsync(ct);
        var after = long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : head;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var gate = new SemaphoreSlim(1);
        await WriteAsync(": listening\nretry: 2000\n\n");
        if (given.Length > 0 && after > head)
        {
            // An id that was never given out: the subscriber knows of another history than this one.
            await WriteAsync($"event: reset\nid: {head}\ndata: {{}}\n\n");
            after = head;
        }

        // A service that is to end would wait for its streams, and they for ever.
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        var pulse = PulseAsync(done.Token);
        try
        {
            await foreach (var entry in stream.FollowAsync(after, done.Token))
            {
                if (await IsForAsync(entry, user, @for, access, reader, children, done.Token))
                {
                    await WriteAsync($"id: {entry.Position}\nevent: {Name(entry)}\ndata: {Data(entry, rules)}\n\n");
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The subscriber went away, or the service is stopping; it resumes by its last id.
        }
        finally
        {
            await done.CancelAsync();
            await pulse;
        }

        async Task WriteAsync(string text)
        {
            await gate.WaitAsync(ct);
            try
            {
                await http.Response.WriteAsync(text, ct);
                await http.Response.Body.FlushAsync(ct);
            }
            finally
            {
                gate.Release();
            }
        }

        async Task PulseAsync(CancellationToken stop)
        {
            using var timer = new PeriodicTimer(KeepAlive);
            try
            {
                while (await timer.WaitForNextTickAsync(stop))
                {
                    await WriteAsync(": still here\n\n");
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // Ended with its stream.
            }
        }
    }

    // Asked for each message when it is sent: whoever lost a child a minute ago is not told of them now.
    private static async Task<bool> IsForAsync(
        FeedEntry entry, ClaimsPrincipal user, string? scope, ChildAccess access, ViewReader reader, ChildrenView children, CancellationToken ct)
    {
        var me = user.Identity?.Name;
        if (entry.Recipient == me)
        {
            return true;
        }

        if (scope is not ("team" or "service" or "watching" or "all") || entry.Child.Length == 0)
        {
            return false;
        }

        var (viewer, structure) = await access.ViewerAsync(user, ct);
        return await reader.RowsAsync(children, [entry.Child], null, ct) is [var child] && AlertScope.Of(scope, viewer, structure).Holds(child);
    }

    private static string Name(FeedEntry entry) => entry.Child.Length == 0 ? "digest" : "alert";

    private static string Data(FeedEntry entry, RuleBook rules) => entry.Alert is { } alert
        ? JsonSerializer.Serialize(AlertJson.Of(alert, rules), ApiJson.Options)
        : entry.State;
}
