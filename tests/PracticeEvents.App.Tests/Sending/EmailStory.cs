using System.Net.Http.Json;
using System.Text.Json;
using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.App.Tests.House;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Alerts by email as they come.</summary>
public sealed class EmailStory : MailCouncil
{
    [NeedsPython]
    public async Task A_mail_is_well_formed_plain_text_with_a_reference_and_never_a_name()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        var made = await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address = "sw1@council.example" });
        await SendAsync(Conference(Day(2, 26)));

        var mails = new List<JsonElement>();
        while (!mails.Exists(m => Text(m, "subject").Contains("First core group", StringComparison.Ordinal)))
        {
            mails.Add(await ReadAsync());
        }

        var mail = mails[^1];
        Assert.Equal("Due soon: First core group, child c1", Text(mail, "subject"));
        Assert.Equal(("alerts@council.example", "text/plain", "0", "auto-generated"), (Text(mail, "from"), Text(mail, "type"), Text(mail, "defects"), Text(mail, "auto")));
        Assert.Contains("Due: Thursday 12 March 2026", Text(mail, "text"), StringComparison.Ordinal);
        Assert.Contains("/alerts/a", Text(mail, "text"), StringComparison.Ordinal);
        Assert.Contains("To change that: ", Text(mail, "text"), StringComparison.Ordinal);
        Assert.All(mails, m => Assert.DoesNotContain("sw1@council.example, ", Text(m, "raw"), StringComparison.Ordinal));

        // The story of the alert says that it was sent, and how.
        await Until.HoldsAsync(
            async () => (await QueryAsync("select data ->> 'channel' from public.mt_events where type = 'alert_delivered'")).Count >= mails.Count,
            "the story said so");

        Assert.Empty((await worker.GetFromJsonAsync<List<JsonElement>>($"/api/subscriptions/{Text(made, "id")}/deliveries?failed=true"))!);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_keeps_nothing_back_and_the_story_says_so()
    {
        await EndServerAsync();

        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", address = "sw1@council.example" });
        await SendAsync(Conference(Day(2, 26)));

        await Until.HoldsAsync(
            async () => (await QueryAsync("select data ->> 'reasonCode' from public.mt_events where type = 'alert_delivery_failed'")).Count > 0,
            "the story said that it could not be sent");

        Assert.All(await QueryAsync("select data ->> 'reasonCode' from public.mt_events where type = 'alert_delivery_failed'"), code => Assert.Equal("not_reachable", code));
        Assert.Contains("sw1 due_soon open", await AlertsAsync("core-group-first-10wd"));
    }

    [NeedsPython]
    public async Task Somebody_who_has_taken_it_on_is_still_told_of_the_next_stage_and_of_the_reminder_they_asked_for()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon", "due" }, address = "sw1@council.example" });
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

    [Fact]
    public async Task What_somebody_has_taken_on_meanwhile_is_not_mailed_any_more()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await EndServerAsync();

        await SubscribeAsync(worker, new { channel = "email", scope = "me", address = "sw1@council.example" });
        await SendAsync(Conference(Day(2, 26)));
        await TriedAsync(1);

        foreach (var alert in await worker.GetFromJsonAsync<List<JsonElement>>("/api/alerts?for=me&status=open") ?? [])
        {
            Assert.True((await worker.PostAsync($"/api/alerts/{Text(alert, "id")}/acknowledge", null)).IsSuccessStatusCode);
        }

        var before = await QueryAsync("select 'x' from practice.deliveries");
        await MoveToAsync(Start.AddMinutes(5));
        await Until.HoldsAsync(async () => (await QueryAsync("select key from practice.outbox where sent_at is null")).Count == 0, "nothing stood in line");

        Assert.Equal(before.Count, (await QueryAsync("select 'x' from practice.deliveries")).Count);
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
        Assert.Contains("Due soon: First core group, child c1. Due: Thursday 12 March 2026", Text(mail, "text"), StringComparison.Ordinal);
        Assert.Contains("Due soon: First core group, child c2. Due: Friday 13 March 2026", Text(mail, "text"), StringComparison.Ordinal);
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
        await QueryAsync(
            "insert into practice.deliveries (subscription, message, position, attempt, at, ms, sent, code) "
            + "select id, 'msg_other', 1, 1, created_at, 1, true, 'sent' from practice.subscriptions returning code");
        await MoveToAsync(Start.AddMinutes(6));
        await TriedAsync(10);
        Assert.Equal(["on"], await QueryAsync("select case when disabled_at is null then 'on' else 'off' end from practice.subscriptions"));

        await QueryAsync("delete from practice.deliveries where sent returning code");
        await QueryAsync("update practice.outbox set attempts = 9, due_at = created_at where attempts = 10 returning key");
        await MoveToAsync(Start.AddMinutes(12));
        await Until.HoldsAsync(
            async () => (await QueryAsync("select disabled_because from practice.subscriptions where disabled_at is not null")).Count > 0,
            "the address was turned off");
    }
}
