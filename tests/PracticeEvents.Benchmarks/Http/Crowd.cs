using System.Globalization;
using System.Net.Http.Headers;
using PracticeEvents.App.Access;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Benchmarks.Http;

/// <summary>Many people who listen to the live stream of alerts, and to whom nobody listens.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> listening = [];
    private long bytes;

    /// <summary>How many bytes they were sent.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Opens the streams.</summary>
    /// <param name="database">The database.</param>
    /// <param name="address">Where the service listens.</param>
    /// <param name="own">How many listen to their own alerts, each another worker.</param>
    /// <param name="wide">How many listen to all of the head of service's.</param>
    public static async Task<Crowd> ListenAsync(Fresh database, Uri address, int own, int wide)
    {
        var crowd = new Crowd();
        var tokens = new Tokens(database.Source);
        for (var n = 0; n < own + wide; n++)
        {
            var token = await tokens.CreateAsync(
                n < own ? string.Create(CultureInfo.InvariantCulture, $"listener-{n}") : "hos-1",
                [n < own ? Role.SocialWorker : Role.HeadOfService],
                Samples.Now,
                default);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"/api/alerts/stream?for={(n < own ? "me" : "all")}"))
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            };
            var answer = await crowd.client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            crowd.listening.Add(crowd.ListenAsync(answer));
        }

        return crowd;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        client.Dispose();
        await Task.WhenAll(listening).ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private async Task ListenAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(stop.Token);
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, stop.Token) is > 0 and var read)
            {
                Interlocked.Add(ref bytes, read);
            }
        }
    }
}
