using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.House;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Alerts by email, to a mail server that others wrote.</summary>
public sealed class EmailStory : Council
{
    private const int Budget = 4;

    private const string Sink = """
        import sys, json, socket
        from email import message_from_bytes, policy
        from aiosmtpd.controller import Controller
        class Handler:
            async def handle_DATA(self, server, session, envelope):
                mail = message_from_bytes(envelope.content, policy=policy.default)
                if any(to.startswith('refused') for to in envelope.rcpt_tos):
                    return '550 not here'
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
        ["Alerts:Budgets:social_worker"] = Budget.ToString(System.Globalization.CultureInfo.InvariantCulture),
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

    [NeedsPython]
    public async Task Brothers_and_sisters_share_a_mail_in_which_each_child_stands_with_its_date()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await SendAsync([.. from child in new[] { "c1", "c2" } select new ChildRegistered { Child = child, DateOfBirth = new(2020, 2, 3), Family = "f1", On = new(Day(1, 5)) }]);
        await SendAsync(new CaseAllocated { Child = "c2", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) });
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "sw1@council.example" });
        await SendAsync(Conference(Day(2, 26)), Conference(Day(2, 27), "c2"));
        await InLineAsync(2, "core-group-first-10wd");
        Assert.Empty(await QueryAsync("select message from practice.deliveries"));

        await MoveToAsync(Start.AddSeconds(10));
        var mail = await ReadUntilAsync("First core group");
        Assert.Equal("First core group: children c1 and c2", Text(mail, "subject"));
        Assert.Contains("Due soon: First core group, child c1. Due: 2026-03-12", Text(mail, "text"), StringComparison.Ordinal);
        Assert.Contains("Due soon: First core group, child c2. Due: 2026-03-13", Text(mail, "text"), StringComparison.Ordinal);
    }

    [NeedsPython]
    public async Task One_mail_a_day_has_all_that_is_still_to_do_the_most_overdue_first_and_a_breach_of_the_law_does_not_wait_for_it()
    {
        using var worker = await ReaderAsync("tm1", Role.TeamManager);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", address = "tm1@council.example", times = new { dailyAt = "17:00" } });
        await SendAsync(Conference(Day(2, 26)), Conference(Day(2, 27), "c2"), Conference(Day(3, 1), "c3"));
        await SendAsync([.. from child in new[] { "c2", "c3" } select new CaseAllocated { Child = child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }]);
        await SendAsync(new CoreGroupHeld { Child = "c3", On = new(Day(3, 2)) });
        await InLineAsync(2, "core-group-first-10wd");

        await MoveToAsync(At(3, 2, 17));
        var mail = await ReadUntilAsync("", several: true);
        Assert.Matches("^[0-9]+ alerts for you", Text(mail, "subject"));
        var text = Text(mail, "text");
        Assert.True(text.IndexOf("First core group, child c1", StringComparison.Ordinal) is > 0 and var first && text.IndexOf("First core group, child c2", StringComparison.Ordinal) > first);
        Assert.DoesNotContain("First core group, child c3", text, StringComparison.Ordinal);

        // The first core group is asked for by statutory guidance: that it is overdue comes when it is.
        await MoveToAsync(At(3, 14));
        await ReadUntilAsync("Overdue: First core group, child c1");
    }

    [NeedsPython]
    public async Task What_comes_in_quiet_hours_comes_in_one_mail_when_they_end()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "sw1@council.example", times = new { quietFrom = "08:00", quietTo = "11:30" } });
        await SendAsync(Conference(Day(2, 26)), Conference(Day(2, 27), "c2"));
        await SendAsync(new CaseAllocated { Child = "c2", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) });
        await InLineAsync(2, "core-group-first-10wd");
        await MoveToAsync(At(3, 2, 11, 29));
        Assert.Empty(await QueryAsync("select message from practice.deliveries"));

        await MoveToAsync(At(3, 2, 11, 30));
        var mail = await ReadUntilAsync("", several: true);
        Assert.Contains("child c1", Text(mail, "text"), StringComparison.Ordinal);
        Assert.Contains("child c2", Text(mail, "text"), StringComparison.Ordinal);
    }

    [NeedsPython]
    public async Task More_than_a_role_is_sent_in_a_day_waits_for_the_next_morning()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "sw1@council.example" });
        var children = Enumerable.Range(10, Budget + 3).Select(n => $"c{n}").ToList();
        await SendAsync([.. children.SelectMany(child => new PracticeEvent[]
        {
            new CaseAllocated { Child = child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Conference(Day(2, 26), child),
        })]);
        await InLineAsync(children.Count, "core-group-first-10wd");

        Assert.Equal([$"{Budget}"], await QueryAsync("select count(*)::text from practice.outbox where payload ->> 'Together' <> ''"));
        await MoveToAsync(At(3, 3, 7, 59));
        await DeliveredAsync(Budget);
        await MoveToAsync(At(3, 3, 8));
        Assert.Matches("^[0-9]+ alerts for you", Text(await ReadUntilAsync("", several: true), "subject"));
    }

    [NeedsPython]
    public async Task Nobody_can_leave_out_that_their_own_work_is_overdue()
    {
        using var worker = await ReaderAsync("tm1", Role.TeamManager);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "mid_point" }, address = "tm1@council.example" });
        await MoveToAsync(Start.AddMinutes(1));
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "mid_point" }, address = "other@council.example" });
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(At(3, 14));

        var mail = await ReadUntilAsync("Overdue: First core group, child c1");
        Assert.Contains("tm1@council.example", Text(mail, "to"), StringComparison.Ordinal);
        Assert.Equal(["1"], await QueryAsync("select count(distinct channel)::text from practice.outbox"));
    }

    [NeedsPython]
    public async Task A_mail_that_alone_is_refused_does_not_turn_off_the_others()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", address = "refused@council.example" });
        await SendAsync(Conference(Day(2, 26)));
        await TriedAsync(1);

        // Ten attempts: the ladder to its end. Something else has arrived lately.
        await QueryAsync("update practice.outbox set attempts = 9 where attempts = 1 returning key");
        await QueryAsync("insert into practice.deliveries (subscription, message, position, attempt, at, ms, sent, code) select id, 'msg_other', 1, 1, created_at, 1, true, 'sent' from practice.subscriptions returning code");
        await MoveToAsync(Start.AddMinutes(6));
        await TriedAsync(10);
        Assert.Equal(["on"], await QueryAsync("select case when disabled_at is null then 'on' else 'off' end from practice.subscriptions"));

        await QueryAsync("delete from practice.deliveries where sent returning code");
        await QueryAsync("update practice.outbox set attempts = 9, due_at = created_at where attempts = 10 returning key");
        await MoveToAsync(Start.AddMinutes(12));
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await QueryAsync("select disabled_because from practice.subscriptions where disabled_at is not null")).Count == 0)
        {
            await Task.Delay(20, late.Token);
        }
    }

    [NeedsPython]
    public async Task What_a_file_of_history_left_open_comes_in_one_mail_as_each_way_asked_and_in_quiet_hours_when_it_is_overdue()
    {
        using var manager = await ReaderAsync("tm1", Role.TeamManager);
        await SubscribeAsync(manager, new { channel = "email", scope = "me", address = "tm1@council.example", times = new { quietFrom = "07:00", quietTo = "19:00" } });
        await MoveToAsync(Start.AddMinutes(1));
        await SubscribeAsync(manager, new { channel = "email", scope = "me", stages = new[] { "mid_point" }, address = "other@council.example" });
        await LoadAsync();

        JsonElement[] mails = [await ReadUntilAsync("", several: true), await ReadUntilAsync("", several: true)];
        Assert.Equal("3 alerts for you", Text(Assert.Single(mails, m => Text(m, "to").Contains("other@council.example", StringComparison.Ordinal)), "subject"));
        var mail = Assert.Single(mails, m => Text(m, "to").Contains("tm1@council.example", StringComparison.Ordinal));
        Assert.Matches("^[0-9]+ alerts for you, [0-9]+ about work that is overdue$", Text(mail, "subject"));
        Assert.All(["l0", "l1", "l2"], child => Assert.Contains($"child {child}", Text(mail, "text"), StringComparison.Ordinal));
        Assert.Equal(["1", "1"], await QueryAsync("select count(distinct payload ->> 'Together')::text from practice.outbox where due_at <= (select now from practice.rehearsal) group by channel"));
    }

    [NeedsPython]
    public async Task What_a_digest_cannot_bring_one_way_comes_by_another_that_asked_for_less()
    {
        using var manager = await ReaderAsync("tm1", Role.TeamManager);
        await SubscribeAsync(manager, new { channel = "email", scope = "me", address = "refused@council.example" });
        await MoveToAsync(Start.AddMinutes(1));
        await SubscribeAsync(manager, new { channel = "email", scope = "me", stages = new[] { "mid_point" }, address = "other@council.example" });
        await LoadAsync();
        Assert.Equal("3 alerts for you", Text(await ReadUntilAsync("", several: true, to: "other@council.example"), "subject"));

        await TriedAsync(1);
        await QueryAsync("update practice.outbox set attempts = 2, due_at = created_at where attempts = 1 and sent_at is null returning key");
        await MoveToAsync(Start.AddMinutes(9));
        Assert.Contains("about work that is overdue", Text(await ReadUntilAsync("", several: true, to: "other@council.example"), "subject"), StringComparison.Ordinal);
    }

    [NeedsPython]
    public async Task What_may_wait_and_could_not_be_sent_is_not_tried_again_in_quiet_hours()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        var quietFrom = London.TimeOf(Start.AddMinutes(12)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "refused@council.example", times = new { quietFrom, quietTo = "19:00" } });
        await SendAsync(Conference(Day(2, 26)));
        await TriedAsync(1);

        await MoveToAsync(Start.AddMinutes(8));
        await TriedAsync(2);
        Assert.Equal(["19:00"], await QueryAsync("select distinct to_char(due_at at time zone 'Europe/London', 'HH24:MI') from practice.outbox where attempts = 2"));
    }

    [NeedsPython]
    public async Task What_cannot_be_sent_one_way_goes_by_another_of_the_person_s_and_so_does_what_waits_in_one_that_is_deleted()
    {
        using var manager = await ReaderAsync("tm1", Role.TeamManager);
        await SubscribeAsync(manager, new { channel = "email", scope = "me", address = "refused@council.example", times = new { quietFrom = "20:00", quietTo = "19:00" } });
        await MoveToAsync(Start.AddMinutes(1));
        await SubscribeAsync(manager, new { channel = "email", scope = "me", stages = new[] { "mid_point" }, address = "refused-too@council.example" });
        await MoveToAsync(Start.AddMinutes(2));
        await SubscribeAsync(manager, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "tm1@council.example" });
        await SendAsync(Conference(Day(2, 13)));
        foreach (var minutes in new[] { 8, 16 })
        {
            // The third attempt: first of the oldest way, then of the next.
            await TriedAsync(1);
            await QueryAsync("update practice.outbox set attempts = 2, due_at = created_at where attempts = 1 returning key");
            await MoveToAsync(Start.AddMinutes(minutes));
        }

        await ReadUntilAsync("Overdue: First core group, child c1", to: "tm1@council.example");

        // Held for the evening by the first, and deleted with it: the other has it.
        await SendAsync(Conference(Day(2, 26), "c2"));
        await SendAsync(new CaseAllocated { Child = "c2", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) });
        await QueryAsync("delete from practice.outbox o using practice.subscriptions s where o.channel = s.channel || '/' || s.id and s.address like 'tm1@%' and o.payload ->> 'Together' like '%c2 core-group%' returning key");
        var ways = (await manager.GetFromJsonAsync<List<JsonElement>>("/api/subscriptions"))!;
        foreach (var gone in ways.Where(s => Text(s, "address").StartsWith("refused", StringComparison.Ordinal)).Reverse())
        {
            Assert.True((await manager.DeleteAsync($"/api/subscriptions/{Text(gone, "id")}")).IsSuccessStatusCode);
        }

        await ReadUntilAsync("Due soon: First core group, child c2", to: "tm1@council.example");
    }

    [NeedsPython]
    public async Task A_word_that_was_held_while_the_duty_went_on_to_a_stage_not_asked_for_says_how_it_stands_now()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "sw1@council.example", times = new { quietFrom = "20:00", quietTo = "19:00" } });
        await SendAsync(Conference(Day(2, 26)));
        await InLineAsync(1, "core-group-first-10wd");
        await QueryAsync("update practice.outbox set due_at = '2026-03-12 10:00+00' where sent_at is null returning key");

        await MoveToAsync(At(3, 12, 10));
        await ReadUntilAsync("Due: First core group, child c1");
    }

    // A file of the history of three children, read to its end a minute after the start.
    private async Task LoadAsync()
    {
        var store = Services.GetRequiredService<EventStore>();
        var facts = Enumerable.Range(0, 3).SelectMany(n => (PracticeEvent[])
        [
            new CaseAllocated { Child = $"l{n}", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Conference(Day(1, 12), $"l{n}"),
        ]);
        await store.AppendAsync([.. facts.Select((e, n) => new Incoming("/history", $"h{n}", e, Load: "l1").ToNewEvent(Start.AddMinutes(1), "cms"))]);
        await store.AppendAsync([new Incoming(OwnEvents.Source, "load-l1", new LoadFinished { Load = "l1", Format = "csv", Events = 6, On = new(Day(3, 2)) }).ToNewEvent(Start.AddMinutes(1), "cms")]);
        await SettleAsync();
    }

    private static async Task SubscribeAsync(HttpClient worker, object asked)
    {
        using var answer = await worker.PostAsJsonAsync("/api/subscriptions", asked);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    // Waits until so many words of a rule stand in line.
    private async Task InLineAsync(int count, string rule)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await QueryAsync($"select o.key from practice.outbox o join practice.alert_feed f on f.position = (o.payload ->> 'Position')::bigint where f.state ->> 'rule' = '{rule}'")).Count < count)
        {
            await Task.Delay(20, late.Token);
        }
    }

    // Waits until something was tried so often, nothing that is due waits for a first attempt, and nothing is under way.
    private async Task TriedAsync(int attempts)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await QueryAsync("select key from practice.outbox where sent_at is null and (claimed_until is not null or (attempts = 0 and due_at <= (select now from practice.rehearsal)))")).Count > 0
            || (await QueryAsync($"select key from practice.outbox where attempts = {attempts} and sent_at is null")).Count == 0)
        {
            await Task.Delay(20, late.Token);
        }
    }

    private async Task DeliveredAsync(int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await QueryAsync("select distinct message from practice.deliveries where sent")).Count < count)
        {
            await Task.Delay(20, late.Token);
        }
    }

    private async Task<JsonElement> ReadUntilAsync(string subject, bool several = false, string to = "")
    {
        JsonElement said;
        do
        {
            said = JsonSerializer.Deserialize<JsonElement>((await sink!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!);
        }
        while (!Text(said, "subject").StartsWith(subject, StringComparison.Ordinal) || (several && !Text(said, "subject").Contains("alerts for you", StringComparison.Ordinal)) || !Text(said, "to").Contains(to, StringComparison.Ordinal));
        return said;
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
