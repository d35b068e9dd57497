using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PracticeEvents.Benchmarks.Http;

/// <summary>A subscriber to the live stream of alerts, who notes when an alert about each child is there.</summary>
internal sealed class AlertListener : IAsyncDisposable
{
    private readonly HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, long> sent = [];
    private Task listening = Task.CompletedTask;

    /// <summary>From the sending of an event to its alert.</summary>
    public Latencies Heard { get; } = new();

    public static async Task<AlertListener> StartAsync(Uri address, string token)
    {
        var listener = new AlertListener();
        listener.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await listener.client.GetAsync(new Uri(address, "/api/alerts/stream"), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        listener.listening = listener.ListenAsync(answer);
        return listener;
    }

    /// <summary>An event about a child is sent now.</summary>
    public void Sending(string child)
    {
        lock (sent)
        {
            sent[child] = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Waits until so many alerts were heard.</summary>
    /// <exception cref="BenchException">They did not all come.</exception>
    public async Task HearAsync(int count)
    {
        var began = Stopwatch.GetTimestamp();
        while (Heard.Count < count)
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
            {
                throw new BenchException($"Of {count} alerts only {Heard.Count} came on the live stream.");
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        client.Dispose();
        await listening.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private async Task ListenAsync(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop.Token));
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
            {
                continue;
            }

            var now = Stopwatch.GetTimestamp();
            using var alert = JsonDocument.Parse(line["data: ".Length..]);
            var child = alert.RootElement.TryGetProperty("child", out var named) ? named.GetString() : null;
            lock (sent)
            {
                if (child is not null && sent.Remove(child, out var at))
                {
                    Heard.Add(Stopwatch.GetElapsedTime(at, now).TotalMilliseconds);
                }
            }
        }
    }
}
