namespace PracticeEvents.App.Tests.Api;

/// <summary>One message of a stream of server-sent events.</summary>
internal sealed record Message(long Id, string Name, string Data);

/// <summary>A connection to the live stream of alerts.</summary>
internal sealed class LiveStream : IAsyncDisposable
{
    private readonly HttpResponseMessage answer;
    private readonly StreamReader lines;

    private LiveStream(HttpResponseMessage answer, StreamReader lines) => (this.answer, this.lines) = (answer, lines);

    /// <summary>Connects; resumes after an id when one is given.</summary>
    public static async Task<LiveStream> OpenAsync(HttpClient http, string scope, long? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/alerts/stream?for={scope}");
        if (after is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await lines.ReadLineAsync(); // the greeting: from here on nothing is missed
        return new LiveStream(answer, lines);
    }

    /// <summary>The next message.</summary>
    public async Task<Message> NextAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (id, name, data) = (-1L, "message", "");
        while (await lines.ReadLineAsync(late.Token) is { } line)
        {
            if (line.Length == 0 && id >= 0)
            {
                return new Message(id, name, data);
            }

            (id, name, data) = line.Split(": ", 2) switch
            {
                ["id", var value] => (long.Parse(value, System.Globalization.CultureInfo.InvariantCulture), name, data),
                ["event", var value] => (id, value, data),
                ["data", var value] => (id, name, value),
                _ => (id, name, data),
            };
        }

        throw new EndOfStreamException();
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
