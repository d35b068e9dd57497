using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.House;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Alerts by email that wait: for the end of the day, of quiet hours or of a file; for the next morning; for another way.</summary>
public sealed class HeldMailStory : MailCouncil
{
    [NeedsPython]
    public async Task One_mail_a_day_has_all_that_is_still_to_do_the_most_overdue_first_and_a_breach_of_the_law_does_not_wait_for_it()
    {
        using var worker = await ReaderAsync("tm1", Role.TeamManager);
        await SubscribeAsync(worker, new { channel = "email", scope = "me", address = "tm1@council.example", times = new { dailyAt = "17:00" } });
        await SendAsync(Conference(Day(2, 26)), Conference(Day(2, 27), "c2"), Conference(Day(3, 1), "c3"));
        await SendAsync(
        [
            .. from child in new[] { "c2", "c3" }
               select new CaseAllocated { Child = child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
        ]);
        await SendAsync(new CoreGroupHeld { Child = "c3", On = new(Day(3, 2)) });
        await InLineAsync(2, "core-group-first-10wd");

        await MoveToAsync(At(3, 2, 17));
        var mail = await ReadUntilAsync("", several: true);
        Assert.Matches("^[0-9]+ alerts for you", Text(mail, "subject"));
        var text = Text(mail, "text");
        Assert.True(text.IndexOf("First core group, child c1", StringComparison.Ordinal) is > 0 and var first
            && text.IndexOf("First core group, child c2", StringComparison.Ordinal) > first);
        Assert.DoesNotContain("First core group, child c3", text, StringComparison.Ordinal);

        // The first core group is asked for by statutory guidance: that it is overdue comes when it is.
        await MoveToAsync(At(3, 14));
        await ReadUntilAsync("Overdue: First core group, child c1");
    }

    [NeedsPython]
    public async Task What_comes_in_quiet_hours_comes_in_one_mail_when_they_end()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await DueSoonAsync(worker, "sw1@council.example", "08:00", "11:30");
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
    public async Task A_word_that_was_held_while_the_duty_went_on_to_a_stage_not_asked_for_says_how_it_stands_now()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await DueSoonAsync(worker, "sw1@council.example", "20:00", "19:00");
        await SendAsync(Conference(Day(2, 26)));
        await InLineAsync(1, "core-group-first-10wd");
        await QueryAsync("update practice.outbox set due_at = '2026-03-12 10:00+00' where sent_at is null returning key");

        // What the visit is told of meanwhile has gone by then: it would go out in one mail with what is asked for here.
        await MoveToAsync(At(3, 9, 19));
        await ReadUntilAsync("Due soon: ");
        await MoveToAsync(At(3, 12, 10));
        await ReadUntilAsync("Due: First core group, child c1");
    }

    [NeedsPython]
    public async Task What_may_wait_and_could_not_be_sent_is_not_tried_again_in_quiet_hours()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        var quietFrom = London.TimeOf(Start.AddMinutes(12)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await DueSoonAsync(worker, "refused@council.example", quietFrom, "19:00");
        await SendAsync(Conference(Day(2, 26)));
        await TriedAsync(1);

        await MoveToAsync(Start.AddMinutes(8));
        await TriedAsync(2);
        Assert.Equal(["19:00"], await QueryAsync("select distinct to_char(due_at at time zone 'Europe/London', 'HH24:MI') from practice.outbox where attempts = 2"));
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
        Assert.Equal(["1", "1"], await QueryAsync(
            "select count(distinct payload ->> 'Together')::text from practice.outbox "
            + "where due_at <= (select now from practice.rehearsal) group by channel"));
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
            // The third attempt, once the clock moves: first of the oldest way, then of the next.
            await TriedAsync(1);
            await QueryAsync("update practice.outbox set attempts = 2, due_at = created_at + interval '3 minutes' where attempts = 1 returning key");
            await MoveToAsync(Start.AddMinutes(minutes));
        }

        await ReadUntilAsync("Overdue: First core group, child c1", to: "tm1@council.example");

        // Held for the evening by the first, and deleted with it: the other has it.
        await SendAsync(Conference(Day(2, 26), "c2"));
        await SendAsync(new CaseAllocated { Child = "c2", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) });
        await QueryAsync(
            "delete from practice.outbox o using practice.subscriptions s where o.channel = s.channel || '/' || s.id "
            + "and s.address like 'tm1@%' and o.payload ->> 'Together' like '%c2 core-group%' returning key");
        var ways = (await manager.GetFromJsonAsync<List<JsonElement>>("/api/subscriptions"))!;
        foreach (var gone in ways.Where(s => Text(s, "address").StartsWith("refused", StringComparison.Ordinal)).Reverse())
        {
            Assert.True((await manager.DeleteAsync($"/api/subscriptions/{Text(gone, "id")}")).IsSuccessStatusCode);
        }

        await ReadUntilAsync("Due soon: First core group, child c2", to: "tm1@council.example");
    }

    // Asks to be told of what is due soon, by mail that waits while it is quiet.
    private static Task DueSoonAsync(HttpClient worker, string address, string quietFrom, string quietTo) =>
        SubscribeAsync(worker, new { channel = "email", scope = "me", stages = new[] { "due_soon" }, address, times = new { quietFrom, quietTo } });

    // A file of the history of three children, read to its end a minute after the start.
    private async Task LoadAsync()
    {
        var store = Services.GetRequiredService<EventStore>();
        var facts = Enumerable.Range(0, 3).SelectMany(n => (PracticeEvent[])
        [
            new CaseAllocated { Child = $"l{n}", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Conference(Day(1, 12), $"l{n}"),
        ]);
        await store.AppendAsync([.. facts.Select((e, n) => new Incoming("/history", $"h{n}", e, Load: "l1").ToNewEvent(Start.AddMinutes(1), "cms"))]);
        await store.AppendAsync(
        [
            new Incoming(OwnEvents.Source, "load-l1", new LoadFinished { Load = "l1", Format = "csv", Events = 6, On = new(Day(3, 2)) })
                .ToNewEvent(Start.AddMinutes(1), "cms"),
        ]);
        await SettleAsync();
    }
}
