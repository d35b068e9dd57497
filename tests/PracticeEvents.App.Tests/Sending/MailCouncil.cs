using System.Net.Http.Json;
using System.Text.Json;
using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.App.Tests.House;
using PracticeEvents.App.Tests.Process;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>A council that sends mail, to a mail server that others wrote.</summary>
public abstract class MailCouncil : Council
{
    /// <summary>Messages a day for a social worker.</summary>
    protected const int Budget = 4;

    private const string Sink = """
        import os, sys, json, asyncio
        from email import message_from_bytes, policy
        from aiosmtpd.smtp import SMTP
        class Handler:
            async def handle_DATA(self, server, session, envelope):
                mail = message_from_bytes(envelope.content, policy=policy.default)
                if any(to.startswith('refused') for to in envelope.rcpt_tos):
                    return '550 not here'
                body = mail.get_body(preferencelist=('plain',))
                print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["Subject"], "id": mail["Message-ID"], "auto": mail["Auto-Submitted"],
                    "type": body.get_content_type(), "text": body.get_content(), "defects": len(mail.defects), "raw": envelope.content.decode("latin-1")}), flush=True)
                return '250 OK'
        async def serve():
            sink = await asyncio.get_running_loop().create_server(lambda: SMTP(Handler()), '127.0.0.1', 0)
            print(sink.sockets[0].getsockname()[1], flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
            os._exit(0)  # at once: whoever is still connected is not waited for
        asyncio.run(serve())
        """;

    private System.Diagnostics.Process? sink;
    private string port = "1";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Alerts:Channels:Email:Host"] = "127.0.0.1",
        ["Alerts:Channels:Email:Port"] = port,
        ["Alerts:Channels:Email:From"] = "alerts@council.example",
        ["Alerts:Budgets:social_worker"] = Budget.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public override async Task InitializeAsync()
    {
        if (File.Exists(DebianPython.Path))
        {
            sink = DebianPython.Start(Sink);
            port = await sink.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"The mail server did not start: {await sink.StandardError.ReadToEndAsync()}");
        }

        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await EndServerAsync();
    }

    /// <summary>Ends the mail server.</summary>
    protected async Task EndServerAsync()
    {
        if (sink is not null)
        {
            sink.StandardInput.Close();
            await sink.WaitForExitAsync();
            sink.Dispose();
            sink = null;
        }
    }

    /// <summary>Asks for a way of being told.</summary>
    protected static async Task<JsonElement> SubscribeAsync(HttpClient worker, object asked)
    {
        using var answer = await worker.PostAsJsonAsync("/api/subscriptions", asked);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits until so many words of a rule stand in line.</summary>
    protected Task InLineAsync(int count, string rule) => Until.HoldsAsync(
        async () => (await QueryAsync(
            "select o.key from practice.outbox o join practice.alert_feed f on f.position = (o.payload ->> 'Position')::bigint "
            + $"where f.state ->> 'rule' = '{rule}'")).Count >= count,
        $"{count} words of {rule} stood in line");

    /// <summary>Waits until something was tried so often, nothing that is due waits for a first attempt, and nothing is under way.</summary>
    protected Task TriedAsync(int attempts) => Until.HoldsAsync(
        async () =>
            (await QueryAsync(
                "select key from practice.outbox where sent_at is null "
                + "and (claimed_until is not null or (attempts = 0 and due_at <= (select now from practice.rehearsal)))")).Count == 0
            && (await QueryAsync($"select key from practice.outbox where attempts = {attempts} and sent_at is null")).Count > 0,
        $"something was tried {attempts} times");

    /// <summary>Waits until so many mails were sent.</summary>
    protected Task DeliveredAsync(int count) => Until.HoldsAsync(
        async () => (await QueryAsync("select distinct message from practice.deliveries where sent")).Count >= count,
        $"{count} mails were sent");

    /// <summary>The next mail.</summary>
    protected async Task<JsonElement> ReadAsync()
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>((await sink!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!);
        }
        catch (TimeoutException e)
        {
            var state = await QueryAsync("""
                select now::text from practice.rehearsal
                union all select to_jsonb(o)::text from practice.outbox o
                union all select to_jsonb(d)::text from practice.deliveries d
                union all select to_jsonb(f)::text from practice.alert_feed f
                """);
            throw new TimeoutException($"No mail came. The clock, what stands in line, what was tried and what was said:\n{string.Join('\n', state)}", e);
        }
    }

    /// <summary>The next mail whose subject begins so.</summary>
    /// <param name="subject">How it begins.</param>
    /// <param name="several">True for one that has several alerts in it.</param>
    /// <param name="to">Part of the address it goes to.</param>
    protected async Task<JsonElement> ReadUntilAsync(string subject, bool several = false, string to = "")
    {
        JsonElement said;
        do
        {
            said = await ReadAsync();
        }
        while (!Text(said, "subject").StartsWith(subject, StringComparison.Ordinal)
            || (several && !Text(said, "subject").Contains("alerts for you", StringComparison.Ordinal))
            || !Text(said, "to").Contains(to, StringComparison.Ordinal));
        return said;
    }
}
