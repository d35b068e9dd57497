using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PracticeEvents.App.Tests.Cli;
using PracticeEvents.App.Tests.House;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Feeds and calendars that are fetched by an address with a token in it.</summary>
public sealed class FetchedFeedStory : Council
{
    private static readonly HttpClient Reader = new();

    private JsonElement made;

    [NeedsPython]
    public async Task A_feed_parser_that_others_wrote_reads_the_atom_and_the_json_without_complaint()
    {
        await SubscribeAsync("sw1");
        await SendAsync(Conference(Day(2, 26)));

        var said = await DebianPython.RunAsync("""
            import sys, json, feedparser
            feed = feedparser.parse(sys.stdin.buffer.read())
            print(json.dumps({"bozo": bool(feed.bozo), "version": feed.version, "title": feed.feed.title, "entries": [[e.id, e.title, e.link, e.updated] for e in feed.entries]}))
            """, await FetchAsync("atom"));

        using var read = JsonDocument.Parse(said);
        Assert.Equal((false, "atom10"), (read.RootElement.GetProperty("bozo").GetBoolean(), Text(read.RootElement, "version")));
        var titles = read.RootElement.GetProperty("entries").EnumerateArray().Select(e => e[1].GetString()!).ToList();
        Assert.Contains("Due soon: First core group, child c1", titles);
        using var json = JsonDocument.Parse(await FetchAsync("json"));
        Assert.Equal("https://jsonfeed.org/version/1.1", Text(json.RootElement, "version"));
        Assert.Contains("Due Thursday 12 March 2026.", json.RootElement.GetProperty("items").EnumerateArray().Select(i => Text(i, "content_text")));
        Assert.Equal(titles.Order(StringComparer.Ordinal), json.RootElement.GetProperty("items").EnumerateArray().Select(i => Text(i, "title")).Order(StringComparer.Ordinal));
    }

    [NeedsPython]
    public async Task A_calendar_parser_that_others_wrote_reads_due_dates_as_whole_days_and_a_moved_one_keeps_its_identity()
    {
        await SubscribeAsync("sw1");
        await SendAsync(Conference(Day(2, 26)));
        var before = await CalendarAsync();
        var group = before.Single(e => Text(e, "summary") == "First core group, child c1");
        Assert.Equal(("2026-03-12", "2026-03-13", "CONFIRMED", "CONFIDENTIAL"), (Text(group, "start"), Text(group, "end"), Text(group, "status"), Text(group, "class")));

        var id = Assert.Single(await QueryAsync("select headers ->> 'id' from public.mt_events where type = 'initial_conference_held'"));
        await SendAsync(new Corrected
        {
            Child = "c1",
            On = new(Day(3, 2)),
            Event = id,
            Data = JsonSerializer.Deserialize<JsonElement>("""{"on":"2026-02-27","outcome":"plan"}"""),
        });
        var moved = (await CalendarAsync()).Single(e => Text(e, "uid") == Text(group, "uid"));
        Assert.Equal("2026-03-13", Text(moved, "start"));
        Assert.True(moved.GetProperty("sequence").GetInt64() > group.GetProperty("sequence").GetInt64());

        await SendAsync(new ChildProtectionPlanEnded { Child = "c1", On = new(Day(3, 2)) });
        Assert.Equal("CANCELLED", Text((await CalendarAsync()).Single(e => Text(e, "uid") == Text(group, "uid")), "status"));
    }

    [NeedsNode]
    public async Task Another_calendar_parser_reads_the_same()
    {
        await SubscribeAsync("sw1");
        await SendAsync(Conference(Day(2, 26)));

        var said = await Node.RunAsync("""
            const read = require('fs').readFileSync(0, 'utf8');
            import('ical.js').then(({ default: ICAL }) => {
                const calendar = new ICAL.Component(ICAL.parse(read));
                const events = calendar.getAllSubcomponents('vevent').map(v => new ICAL.Event(v));
                console.log(JSON.stringify(events.map(e => [e.uid, e.summary, e.startDate.isDate, e.startDate.toString(), e.sequence])));
            });
            """, System.Text.Encoding.UTF8.GetString(await FetchAsync("ics")));

        var events = JsonSerializer.Deserialize<List<JsonElement>>(said)!;
        Assert.Contains(events, e => e[1].GetString() == "First core group, child c1" && e[2].GetBoolean() && e[3].GetString() == "2026-03-12");
        Assert.Equal(events.Count, events.Select(e => e[0].GetString()).Distinct().Count());
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await SubscribeAsync("sw1");
        await SendAsync(Conference(Day(2, 26)));
        foreach (var ending in new[] { "atom", "json", "ics" })
        {
            using var first = await Reader.GetAsync(Address(ending));
            using var request = new HttpRequestMessage(HttpMethod.Get, Address(ending)) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
            using var again = await Reader.SendAsync(request);

            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.False(first.Headers.ETag!.IsWeak);
        }
    }

    [Fact]
    public async Task A_child_who_is_given_to_another_is_gone_from_the_feed_of_the_one_before_at_the_next_look()
    {
        await SubscribeAsync("sw1");
        await SendAsync(Conference(Day(2, 26)));
        Assert.Contains("child c1", await TextAsync("atom"), StringComparison.Ordinal);

        await SendAsync(new CaseAllocated { Child = "c1", Worker = "sw2", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(3, 2)) });

        foreach (var ending in new[] { "atom", "json", "ics" })
        {
            Assert.DoesNotContain("child c1", await TextAsync(ending), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_address_answers_no_more_and_the_token_is_kept_by_nobody()
    {
        using var owner = await SubscribeAsync("sw1");
        Assert.Empty(await QueryAsync($"select 'x' from practice.subscriptions s where s::text like '%{Text(made, "token")}%'"));

        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/api/subscriptions/{Text(made, "id")}")).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await Reader.GetAsync(Address("atom"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Reader.GetAsync($"{Url}/feeds/pf_guessed.ics")).StatusCode);
    }

    [Fact]
    public async Task Revoking_somebodys_tokens_ends_their_feeds_when_that_is_asked_for_and_not_before()
    {
        using var owner = await SubscribeAsync("sw1");

        Assert.Equal(0, (await Practice.RunAsync("token", "revoke", "--worker", "sw1", "--connection", Connection)).Code);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.OK),
            ((await owner.GetAsync("/api/subscriptions")).StatusCode, (await Reader.GetAsync(Address("atom"))).StatusCode));

        Assert.Equal(0, (await Practice.RunAsync("token", "revoke", "--worker", "sw1", "--subscriptions", "--connection", Connection)).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await Reader.GetAsync(Address("atom"))).StatusCode);
    }

    private async Task<HttpClient> SubscribeAsync(string worker)
    {
        var owner = await ReaderAsync(worker, Role.SocialWorker);
        using var answer = await owner.PostAsJsonAsync("/api/subscriptions", new { channel = "feed", scope = "me" });
        made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return owner;
    }

    private string Address(string ending) => $"{Url}/feeds/{Text(made, "token")}.{ending}";

    private Task<byte[]> FetchAsync(string ending) => Reader.GetByteArrayAsync(Address(ending));

    private Task<string> TextAsync(string ending) => Reader.GetStringAsync(Address(ending));

    private async Task<List<JsonElement>> CalendarAsync() => JsonSerializer.Deserialize<List<JsonElement>>(await DebianPython.RunAsync("""
        import sys, json, icalendar
        calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
        print(json.dumps([{"uid": str(e["UID"]), "summary": str(e["SUMMARY"]), "start": str(e["DTSTART"].dt), "end": str(e["DTEND"].dt), "status": str(e["STATUS"]), "class": str(e["CLASS"]), "sequence": int(e["SEQUENCE"])} for e in calendar.walk("VEVENT")]))
        """, await FetchAsync("ics")))!;
}
