using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PracticeEvents.App.Tests.Api;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Two programs that read all the while: one pulls the log page by page, one listens to the live stream of alerts. Each goes on where it stood, at the next node,
/// whenever its own is gone.</summary>
internal sealed class Readers : IAsyncDisposable
{
    private readonly ChaosHouse house;
    private readonly HttpClient http;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task reading;
    private LiveStream? stream;

    public Readers(ChaosHouse house)
    {
        this.house = house;
        http = new HttpClient { Timeout = TimeSpan.FromSeconds(6), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", house.Reader) } };
        reading = Task.WhenAll(Task.Run(() => GoOnAsync(PullAsync)), Task.Run(() => GoOnAsync(ListenAsync)));
    }

    /// <summary>Positions of the events pulled, in the order in which they came.</summary>
    public List<long> Pulled { get; } = [];

    /// <summary>Positions of the alerts heard, in the order in which they came.</summary>
    public List<long> Heard { get; } = [];

    /// <summary>How often a reader went on at another node.</summary>
    public int Reconnects { get; private set; }

    /// <summary>Anything that a reader was told and should not have been.</summary>
    public ConcurrentQueue<string> Odd { get; } = new();

    /// <summary>Waits until both have seen the last there is.</summary>
    public Task CatchUpAsync() => Until.HoldsAsync(
        async () => Last(Pulled) >= await Verdict.NumberAsync(house.Source, "select coalesce(max(seq_id), 0) from public.mt_events")
            && Last(Heard) >= await Verdict.NumberAsync(house.Source, "select coalesce(max(position), 0) from practice.alert_feed"),
        "both readers had seen everything");

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await (stream?.DisposeAsync() ?? ValueTask.CompletedTask);
        await reading;
        http.Dispose();
        stopping.Dispose();
    }

    private static long Last(List<long> seen)
    {
        lock (seen)
        {
            return seen.Count == 0 ? 0 : seen[^1];
        }
    }

    private async Task GoOnAsync(Func<Uri, Task> readAsync)
    {
        for (var node = 0; !stopping.IsCancellationRequested; node++)
        {
            try
            {
                if (house.UrlOf(node) is { } url)
                {
                    await readAsync(url);
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                if (e is HttpRequestException { StatusCode: { } status } and not { StatusCode: HttpStatusCode.ServiceUnavailable })
                {
                    Odd.Enqueue($"an answer to a reader other than 200 or 503: {status}");
                }
            }

            Reconnects++;
            await Task.Delay(50);
        }
    }

    private async Task PullAsync(Uri url)
    {
        while (true)
        {
            await using var answer = await http.GetStreamAsync(new Uri(url, $"/api/events?limit=500&after={Last(Pulled)}"), stopping.Token);
            using var page = await JsonDocument.ParseAsync(answer, cancellationToken: stopping.Token);
            var positions = page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("position").GetInt64()).ToList();
            lock (Pulled)
            {
                Pulled.AddRange(positions);
            }

            await Task.Delay(positions.Count == 0 ? 50 : 0, stopping.Token);
        }
    }

    private async Task ListenAsync(Uri url)
    {
        using var to = new HttpClient { BaseAddress = url, Timeout = http.Timeout, DefaultRequestHeaders = { Authorization = http.DefaultRequestHeaders.Authorization } };
        await using var live = stream = await LiveStream.OpenAsync(to, "all", Last(Heard));
        while (!stopping.IsCancellationRequested)
        {
            var message = await live.NextAsync();
            if (message.Name != "alert")
            {
                Odd.Enqueue($"a message to a listener that is no alert: {message.Name}");
            }

            lock (Heard)
            {
                Heard.Add(message.Id);
            }
        }
    }
}
