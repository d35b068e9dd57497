using System.Net.Http.Json;
using System.Text.Json;
using PracticeEvents.App.Tests.House;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Alerts by email, to a mail server that others wrote.</summary>
public sealed class EmailStory : Council
{
    private const string Sink = """
        import sys, json, socket
        from email import message_from_bytes, policy
        from aiosmtpd.controller import Controller
        class Handler:
            async def handle_DATA(self, server, session, envelope):
                mail = message_from_bytes(envelope.content, policy=policy.default)
                body = mail.get_body(preferencelist=('plain',))
                print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["Subject"], "id": mail["Message-ID"], "auto": mail["Auto-Submitted"],
                    "type": body.get_content_type(), "text": body.get_content(), "defects": len(mail.defects), "raw": envelope.content.decode("latin-1")}), flush=True)
                return '250 OK'
        free = socket.socket()
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
        free.close()
        sink = Controller(Handler(), hostname='127.0.0.1', port=port)
        sink.start()
        print(port, flush=True)
        sys.stdin.read()
        """;

    private System.Diagnostics.Process? sink;
    private string port = "1";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Alerts:Channels:Email:Host"] = "127.0.0.1",
        ["Alerts:Channels:Email:Port"] = port,
        ["Alerts:Channels:Email:From"] = "alerts@council.example",
    };

    public override async Task InitializeAsync()
    {
        if (File.Exists(DebianPython.Path))
        {
            sink = DebianPython.Start(Sink);
            port = (await sink.StandardOutput.ReadLineAsync()) ?? "1";
        }

        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (sink is not null)
        {
            sink.StandardInput.Close();
            await sink.WaitForExitAsync();
            sink.Dispose();
        }
    }

    [NeedsPython]
    public async Task A_mail_is_well_formed_plain_text_with_a_reference_and_never_a_name()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        var made = await (await worker.PostAsJsonAsync("/api/subscriptions", new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "sw1@council.example" })).Content.ReadFromJsonAsync<JsonElement>();
        await SendAsync(Conference(Day(2, 26)));

        var mails = new List<JsonElement>();
        while (!mails.Exists(m => Text(m, "subject").Contains("First core group", StringComparison.Ordinal)))
        {
            mails.Add(JsonSerializer.Deserialize<JsonElement>((await sink!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!));
        }

        var mail = mails[^1];
        Assert.Equal("Due soon: First core group, child c1", Text(mail, "subject"));
        Assert.Equal(("alerts@council.example", "text/plain", "0", "auto-generated"), (Text(mail, "from"), Text(mail, "type"), Text(mail, "defects"), Text(mail, "auto")));
        Assert.Contains("Due: 2026-03-12", Text(mail, "text"), StringComparison.Ordinal);
        Assert.Contains("/alerts/a", Text(mail, "text"), StringComparison.Ordinal);
        Assert.Contains("To change that: ", Text(mail, "text"), StringComparison.Ordinal);
        Assert.All(mails, m => Assert.DoesNotContain("sw1@council.example, ", Text(m, "raw"), StringComparison.Ordinal));

        // The story of the alert says that it was sent, and how.
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await QueryAsync("select data ->> 'channel' from public.mt_events where type = 'alert_delivered'")).Count < mails.Count)
        {
            await Task.Delay(20, late.Token);
        }

        Assert.Empty((await worker.GetFromJsonAsync<List<JsonElement>>($"/api/subscriptions/{Text(made, "id")}/deliveries?failed=true"))!);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_keeps_nothing_back_and_the_story_says_so()
    {
        if (sink is not null)
        {
            sink.StandardInput.Close();
            await sink.WaitForExitAsync();
        }

        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await worker.PostAsJsonAsync("/api/subscriptions", new { channel = "email", scope = "me", address = "sw1@council.example" });
        await SendAsync(Conference(Day(2, 26)));

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await QueryAsync("select data ->> 'reasonCode' from public.mt_events where type = 'alert_delivery_failed'")).Count == 0)
        {
            await Task.Delay(20, late.Token);
        }

        Assert.All(await QueryAsync("select data ->> 'reasonCode' from public.mt_events where type = 'alert_delivery_failed'"), code => Assert.Equal("not_reachable", code));
        Assert.Contains("sw1 due_soon open", await AlertsAsync("core-group-first-10wd"));
    }

    [NeedsPython]
    public async Task Somebody_who_has_taken_it_on_is_still_told_of_the_next_stage_and_of_the_reminder_they_asked_for()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await worker.PostAsJsonAsync("/api/subscriptions", new { channel = "email", scope = "me", stages = new[] { "due_soon", "due" }, address = "sw1@council.example" });
        await SendAsync(Conference(Day(2, 26)));
        var alert = (await worker.GetFromJsonAsync<List<JsonElement>>("/api/alerts?for=me&status=open"))!.Single(a => Text(a, "rule") == "core-group-first-10wd");
        await ReadUntilAsync("Due soon: First core group");

        Assert.True((await worker.PostAsync($"/api/alerts/{Text(alert, "id")}/acknowledge", null)).IsSuccessStatusCode);
        Assert.True((await worker.PostAsJsonAsync($"/api/alerts/{Text(alert, "id")}/remind-me", new { on = "2026-03-10" })).IsSuccessStatusCode);
        await MoveToAsync(At(3, 10));
        await ReadUntilAsync("Due soon: First core group");
        await MoveToAsync(At(3, 12));
        await ReadUntilAsync("Due: First core group");
    }

    private async Task ReadUntilAsync(string subject)
    {
        string said;
        do
        {
            said = (await sink!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!;
        }
        while (!Text(JsonSerializer.Deserialize<JsonElement>(said), "subject").StartsWith(subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_has_taken_on_meanwhile_is_not_mailed_any_more()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        if (sink is not null)
        {
            sink.StandardInput.Close();
            await sink.WaitForExitAsync();
        }

        await worker.PostAsJsonAsync("/api/subscriptions", new { channel = "email", scope = "me", address = "sw1@council.example" });
        await SendAsync(Conference(Day(2, 26)));
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await QueryAsync("select key from practice.outbox where attempts > 0 and claimed_until is null")).Count == 0
            || (await QueryAsync("select key from practice.outbox where sent_at is null and (attempts = 0 or claimed_until is not null)")).Count > 0)
        {
            await Task.Delay(20, late.Token);
        }

        foreach (var alert in await worker.GetFromJsonAsync<List<JsonElement>>("/api/alerts?for=me&status=open") ?? [])
        {
            Assert.True((await worker.PostAsync($"/api/alerts/{Text(alert, "id")}/acknowledge", null)).IsSuccessStatusCode);
        }

        var before = await QueryAsync("select 'x' from practice.deliveries");
        await MoveToAsync(Start.AddMinutes(5));
        while ((await QueryAsync("select key from practice.outbox where sent_at is null")).Count > 0)
        {
            await Task.Delay(20, late.Token);
        }

        Assert.Equal(before.Count, (await QueryAsync("select 'x' from practice.deliveries")).Count);
    }
}
