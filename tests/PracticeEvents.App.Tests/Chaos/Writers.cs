using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Senders who keep on sending until what they sent is acknowledged: nine posts in ten with one event, the tenth with ten.</summary>
internal sealed class Writers(ChaosHouse house, int posts) : IDisposable
{
    private const int AtOnce = 12;

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", house.Bearer) } };
    private int next;
    private int done;

    /// <summary>Ids of events that the service has said it keeps.</summary>
    public ConcurrentDictionary<string, byte> Acknowledged { get; } = new();

    /// <summary>Events that were kept although the answer was lost: the repetition was a duplicate.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Posts that had to be repeated.</summary>
    public int Repeated { get; private set; }

    /// <summary>Anything said other than "accepted" or "duplicate".</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    /// <summary>Posts acknowledged so far.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>Sends everything.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async writer =>
    {
        for (int post; (post = Interlocked.Increment(ref next) - 1) < posts;)
        {
            await SendAsync(writer, EventsOf(post));
            Interlocked.Increment(ref done);
        }
    }));

    /// <summary>Sends some events until they are acknowledged.</summary>
    public async Task SendAsync(int writer, IReadOnlyList<(string Id, PracticeEvent Event)> events)
    {
        var body = JsonSerializer.Serialize(events.Select(e => new
        {
            specversion = "1.0",
            id = e.Id,
            source = "/cms",
            type = EventCatalogue.KindOf(e.Event).CloudEventType,
            data = JsonSerializer.Deserialize<JsonElement>(EventJson.Write(e.Event)),
        }));
        for (var attempt = writer; !await TryAsync(attempt, events.Count == 1 ? body[1..^1] : body, events.Count == 1); attempt++)
        {
            await Task.Delay(10);
            lock (http)
            {
                Repeated++;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private static (string, PracticeEvent)[] EventsOf(int post)
    {
        // Ten posts carry nineteen events.
        var first = (post / 10 * 19) + (post % 10 == 9 ? 9 : post % 10);
        return [.. Enumerable.Range(first, post % 10 == 9 ? 10 : 1).Select(n => ($"e{n}", Story.Event(n)))];
    }

    private async Task<bool> TryAsync(int node, string body, bool single)
    {
        if (house.UrlOf(node) is not { } url)
        {
            return false;
        }

        try
        {
            using var content = new StringContent(body, Encoding.UTF8, single ? "application/cloudevents+json" : "application/cloudevents-batch+json");
            using var answer = await http.PostAsync(new Uri(url, "/events"), content);
            if (answer.StatusCode is not HttpStatusCode.Accepted)
            {
                if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable)
                {
                    Refusals.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }

                return false;
            }

            using var said = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
            foreach (var result in said.RootElement.GetProperty("results").EnumerateArray())
            {
                Note(result);
            }

            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Note(JsonElement result)
    {
        switch (result.GetProperty("status").GetString())
        {
            case "duplicate":
                lock (http)
                {
                    Duplicates++;
                }

                goto case "accepted";
            case "accepted":
                Acknowledged.TryAdd(result.GetProperty("id").GetString()!, 0);
                break;
            default:
                Refusals.Enqueue(result.GetRawText());
                break;
        }
    }
}
