using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Senders who keep on sending until what they sent is acknowledged, at the next node when one does not answer.</summary>
internal sealed class Writers(ChaosHouse house, IEnumerable<Post> posts) : IDisposable
{
    /// <summary>How many send at once.</summary>
    public const int AtOnce = 32;

    /// <summary>Posts a second, all of a second at its beginning: case systems send in bursts, and between two of them the service catches up.</summary>
    public const int PostsASecond = 40;

    private readonly HttpClient http = new()
    {
        Timeout = TimeSpan.FromSeconds(6),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", house.Bearer) },
    };
    private readonly SemaphoreSlim allowed = new(0);
    private int repeated;
    private int duplicates;
    private int done;

    /// <summary>Ids of events that the service has said it keeps, with their stored type.</summary>
    public ConcurrentDictionary<string, string> Acknowledged { get; } = new();

    /// <summary>Events said to be duplicates: sent twice, or kept although the answer was lost.</summary>
    public int Duplicates => duplicates;

    /// <summary>Posts that had to be repeated because no answer came, or the service said that it could not.</summary>
    public int Repeated => repeated;

    /// <summary>Posts acknowledged so far.</summary>
    public int Done => done;

    /// <summary>Anything said other than "accepted", "duplicate", "busy" or "away".</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    /// <summary>Sends everything.</summary>
    public async Task RunAsync()
    {
        using var all = posts.GetEnumerator();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        using var finished = new CancellationTokenSource();
        var pacing = Task.Run(async () =>
        {
            do
            {
                allowed.Release(PostsASecond);
            }
            while (await pace.WaitForNextTickAsync(finished.Token).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
        });
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Next(all) is { } post)
            {
                await allowed.WaitAsync();
                await SendAsync(post);
            }
        })));
        await finished.CancelAsync();
        await pacing;
    }

    /// <summary>Sends a post until it is acknowledged.</summary>
    public async Task SendAsync(Post post)
    {
        var body = JsonSerializer.Serialize(post.Events.Select(e => new
        {
            specversion = "1.0",
            id = e.Id,
            source = Verdict.Sender,
            type = EventCatalogue.KindOf(e.Event).CloudEventType,
            data = JsonSerializer.Deserialize<JsonElement>(EventJson.Write(e.Event)),
        }));
        var single = post.Events.Count == 1;
        for (var node = post.Node; !await TryAsync(node, single ? body[1..^1] : body, single, post); node++)
        {
            Interlocked.Increment(ref repeated);
            await Task.Delay(20);
        }

        Interlocked.Increment(ref done);
    }

    public void Dispose()
    {
        http.Dispose();
        allowed.Dispose();
    }

    private static Post? Next(IEnumerator<Post> all)
    {
        lock (all)
        {
            return all.MoveNext() ? all.Current : null;
        }
    }

    private async Task<bool> TryAsync(int node, string body, bool single, Post post)
    {
        if (house.UrlOf(node) is not { } url)
        {
            return false;
        }

        try
        {
            using var content = new StringContent(body, Encoding.UTF8, single ? "application/cloudevents+json" : "application/cloudevents-batch+json");
            using var answer = await http.PostAsync(new Uri(url, "/events"), content);
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
            {
                return false;
            }

            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode is not HttpStatusCode.Accepted)
            {
                Refusals.Enqueue($"an answer other than 202, 429 or 503: {(int)answer.StatusCode} {text}");
                return (int)answer.StatusCode < 500;
            }

            using var said = JsonDocument.Parse(text);
            foreach (var (result, sent) in said.RootElement.GetProperty("results").EnumerateArray().Zip(post.Events))
            {
                Note(result, sent.Id, EventCatalogue.KindOf(sent.Event).Alias);
            }

            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Note(JsonElement result, string id, string type)
    {
        var status = result.GetProperty("status").GetString();
        if (status is not ("accepted" or "duplicate") || result.GetProperty("id").GetString() != id)
        {
            Refusals.Enqueue($"an event that was not accepted: {result.GetRawText()}");
            return;
        }

        Interlocked.Add(ref duplicates, status is "duplicate" ? 1 : 0);
        Acknowledged.TryAdd(id, type);
    }
}
