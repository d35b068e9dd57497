using System.Globalization;
using System.Security.Claims;
using PracticeEvents.App.Access;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary><c>/api/alerts/stream</c>.</summary>
internal static class AlertStreamEndpoint
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void MapAlertStream(this IEndpointRouteBuilder api) => api.MapGet("/alerts/stream", Stream)
        .WithName("StreamAlerts").WithSummary("Alerts as they come, by server-sent events; resume with Last-Event-ID")
        .Produces(200, contentType: "text/event-stream").ProducesProblem(400);

    private static async Task Stream(
        HttpContext http, ClaimsPrincipal user, AlertStream stream, AlertFeed feed, Tokens tokens, IHostApplicationLifetime life,
        CancellationToken ct, string? @for = null)
    {
        if (@for is not null && !AlertScope.All.Contains(@for))
        {
            await AlertScope.Unknown("Which alerts?").ExecuteAsync(http);
            return;
        }

        var given = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : http.Request.Query["lastEventId"].ToString();
        var head = await feed.HeadAsync(ct);
        var after = long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : given.Length == 0 ? head : long.MaxValue;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var gate = new SemaphoreSlim(1);
        await WriteAsync(": listening\nretry: 2000\n\n");
        if (given.Length > 0 && after > head)
        {
            // An id that was never given out, or that cannot be read: the subscriber knows of another history than this one.
            await WriteAsync($"event: reset\nid: {head}\ndata: {{}}\n\n");
            after = head;
        }

        // A service that is to end would wait for its streams, and they for ever.
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        var pulse = PulseAsync(done.Token);
        try
        {
            await foreach (var news in stream.FollowAsync(new StreamSubscriber(user, @for), after, done.Token))
            {
                await WriteAsync(news is [var one] ? one.Message : string.Concat(news.Select(heard => heard.Message)));
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
                    if (!await BearerAuthentication.StandsAsync(user, tokens, stop))
                    {
                        await done.CancelAsync();
                        return;
                    }

                    await WriteAsync(": still here\n\n");
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // Ended with its stream.
            }
            catch (Exception)
            {
                // Whether the token is still good cannot be asked: the subscriber resumes by its last id, and is asked who it is.
                await done.CancelAsync();
            }
        }
    }
}
