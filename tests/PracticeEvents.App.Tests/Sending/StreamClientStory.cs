using System.Text.Json;
using PracticeEvents.App.Tests.House;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>The live stream, read by a client that others wrote over a line that is cut again and again.</summary>
public sealed class StreamClientStory : Council
{
    // Between the client and the service stands a proxy that ends the line after every message or two. It shortens the time after which the
    // client comes back; nothing else is changed.
    private const string Script = """
        const http = require('http');
        const { url, token, last } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        let cuts = 0;
        const proxy = http.createServer((request, answer) => {
            const onward = http.request(url + request.url, { headers: { ...request.headers, host: new URL(url).host } }, response => {
                answer.writeHead(response.statusCode, response.headers);
                let left = 1 + (cuts % 2), held = '';
                response.setEncoding('utf8');
                response.on('data', text => {
                    held += text;
                    for (let end; (end = held.indexOf('\n\n')) >= 0; held = held.slice(end + 2)) {
                        const message = held.slice(0, end + 2).replace('retry: 2000', 'retry: 1');
                        if (answer.destroyed) return;
                        answer.write(message);
                        if (message.includes('data:') && --left === 0) {
                            cuts++;
                            setTimeout(() => { answer.destroy(); onward.destroy(); }, 2);
                            return response.removeAllListeners('data');
                        }
                    }
                });
                response.on('error', () => answer.destroy());
            });
            onward.on('error', () => answer.destroy());
            request.on('close', () => onward.destroy());
            onward.end();
        });
        proxy.listen(0, '127.0.0.1', async () => {
            const { EventSource } = await import('eventsource');
            const ids = [];
            const source = new EventSource(`http://127.0.0.1:${proxy.address().port}/api/alerts/stream?for=all&lastEventId=0`, {
                fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
            });
            source.addEventListener('alert', e => {
                ids.push(Number(e.lastEventId));
                if (e.lastEventId === last) {
                    console.log(JSON.stringify({ cuts, ids }));
                    process.exit(0);
                }
            });
            setTimeout(() => { console.error(`only ${ids.length} of them in a minute, ${cuts} cuts`); process.exit(1); }, 60000);
        });
        """;

    [NeedsNode]
    public async Task It_resumes_over_two_hundred_cuts_with_no_gap_and_no_repeat()
    {
        await SendAsync([.. Enumerable.Range(0, 60).Select(n => Conference(Day(2, 26), $"s{n}"))]);
        await MoveToAsync(At(3, 20));
        var said = (await QueryAsync("select f.position::text as place from practice.alert_feed f order by f.position")).ToList();
        Assert.True(said.Count > 400, $"{said.Count}");

        using var read = JsonDocument.Parse(await Node.RunAsync(
            Script,
            JsonSerializer.Serialize(new { url = Url, token = await TokenAsync("admin", [Role.Administrator]), last = said[^1] })));

        Assert.Equal(said, read.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.ToString()));
        Assert.True(read.RootElement.GetProperty("cuts").GetInt32() >= 200, $"{read.RootElement.GetProperty("cuts")}");
    }
}
