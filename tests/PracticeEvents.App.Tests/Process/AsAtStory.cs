using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Synthetic;
using PracticeEvents.App.Views;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>What lists say of an earlier instant is what they said at that instant, whatever was recorded, corrected or sent for the first time since.</summary>
public sealed class AsAtStory : Council
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task As_at_an_instant_every_list_says_what_it_said_live(int seed)
    {
        var random = new Random(seed);
        var events = SyntheticAuthority.Events(new AuthorityPlan(seed, 12, Start.AddDays(40), 3)).Select(Read).ToList();
        var said = new List<(DateTimeOffset At, string Live)>();
        for (var (now, told) = (Start, 0); told < events.Count; now = now.AddHours(random.Next(20, 200)))
        {
            await MoveToAsync(now);

            // What comes is not in the order in which it was recorded, and the last of it comes in one go.
            var some = said.Count == 8 ? events.Count - told : Math.Min(events.Count - told, random.Next(1, events.Count / 4));
            var batch = events.GetRange(told, some).ToArray();
            random.Shuffle(batch);
            await TellAsync(batch, now);
            told += some;
            said.Add((now, await LiveAsync(null)));
        }

        Assert.True(said.Count > 3);
        foreach (var (at, live) in said)
        {
            Assert.Equal(live, await LiveAsync(at));
        }
    }

    [Fact]
    public async Task A_form_that_was_first_sent_later_was_not_asked_for_before()
    {
        await SendAsync(Conference(Day(2, 16)));
        await MoveToAsync(At(3, 4));
        await SendAsync(Conference(Day(2, 17), "c2"), new ConferenceQualityRecorded { Child = "c2", On = new(Day(2, 18)) });

        Assert.Single(await DutiesAsync("c1", "cp-qa-form"));
        Assert.Empty(await DutiesAsync("c1", "cp-qa-form", "?asAt=2026-03-03T12:00:00Z"));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_leaves_the_others_in_the_lists_of_then_and_reads_cannot_tell()
    {
        await SendAsync(Conference(Day(2, 16)), Conference(Day(2, 17), "bad"));
        await Services.GetRequiredService<EventStore>().AppendAsync(
            [new NewEvent("child-bad", "visit_recorded", "x", """{"child":"bad","on":"the other day"}""", "/old", "b1", Start)]);
        await SettleAsync();

        foreach (var asAt in new[] { "", "?asAt=2026-03-02T12:00:00Z" })
        {
            // c1 is with sw1; of the child whose record cannot be read nobody is said to hold it.
            var nobodys = (await GetAsync($"/api/caseload{asAt}")).Single(w => Text(w, "worker").Length == 0);
            Assert.Equal(("1", "0", "0"), (Text(nobodys, "children"), Text(nobodys, "overdue"), Text(nobodys, "onTrack")));
            Assert.NotEqual("0", Text(nobodys, "cannotTell"));
            Assert.Contains(await GetAsync($"/api/caseload{asAt}"), w => Text(w, "worker") == "sw1" && Text(w, "cannotTell") == "0");
        }
    }

    [Theory]
    [InlineData("""{"on":"2026-02-30","outcome":"plan"}""")]
    [InlineData("""{"outcome":"no-such-word"}""")]
    [InlineData("""{"on":"9999-12-31","outcome":"plan"}""")]
    [InlineData("""{"on":"0206-02-17","outcome":"plan"}""")]
    [InlineData("""{"on":"2206-02-17","outcome":"plan"}""")]
    public async Task A_wrong_correction_that_came_before_its_event_stops_its_own_child_only(string body)
    {
        await SendAsync(
            Conference(Day(2, 16)), new CaseAllocated { Child = "c2", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
            new Corrected { Child = "c2", On = new(Day(3, 2)), Event = "later", Source = "/cms", Data = JsonDocument.Parse(body).RootElement });
        await Services.GetRequiredService<EventStore>().AppendAsync([new Incoming("/cms", "later", Conference(Day(2, 17), "c2")).ToNewEvent(Start, "cms")]);
        await SettleAsync();

        Assert.Equal(["c2"], await QueryAsync("select child from practice.unmonitored"));
        foreach (var list in new[] { "caseload", "drift", "mid-points", "forecast", "forecast/calibration", "measures" })
        {
            await GetAsync($"/api/{list}?asAt=2026-03-02T12:00:00Z");
        }

        Assert.NotEmpty(await DutiesAsync("c1", "core-group-first-10wd", "?asAt=2026-03-02T12:00:00Z"));
        using var reader = await ReaderAsync("admin", Role.Administrator);
        Assert.Equal(HttpStatusCode.Conflict, (await reader.GetAsync("/api/children/c2/obligations")).StatusCode);
        var (_, _, notRead) = await Services.GetRequiredService<MovedDuties>().OfAsync(Services.GetRequiredService<RuleBook>(), default);
        Assert.Equal(1, notRead);
        using var changes = JsonContent.Create(new
        {
            from = "2026-02-02",
            to = "2026-03-01",
            changes = new[] { new { rule = "core-group-first-10wd", from = "2026-01-01", because = "To be tried.", within = "5 working days" } },
        });
        var answer = JsonDocument.Parse(await (await reader.PostAsync("/api/what-if", changes)).Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((1, 1), (answer.GetProperty("children").GetInt32(), answer.GetProperty("notReplayed").GetInt32()));
    }

    [Fact]
    public async Task A_child_who_has_moved_on_is_not_looked_back_at_by_those_who_may_no_longer_see_them()
    {
        await SendAsync(
            new TeamRegistered { Team = "t2", Service = "s2", TeamManager = "tm2", HeadOfService = "hos2", On = new(Day(1, 5)) },
            new WorkerRegistered { Worker = "sw1", Roles = [Role.SocialWorker], Team = "t1", On = new(Day(1, 5)) },
            new WorkerRegistered { Worker = "sw2", Roles = [Role.SocialWorker], Team = "t2", On = new(Day(1, 5)) },
            Conference(Day(2, 23)));
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        Assert.Contains("\"c1\"", await worker.GetStringAsync("/api/forecast?asAt=2026-03-02T12:00:00Z"), StringComparison.Ordinal);

        await MoveToAsync(At(3, 4));
        await SendAsync(
            new CaseTransferred { Child = "c1", ToTeam = "t2", On = new(Day(3, 4)) },
            new CaseAllocated { Child = "c1", Worker = "sw2", Team = "t2", Role = CaseRole.SocialWorker, On = new(Day(3, 4)) });

        Assert.DoesNotContain("\"c1\"", await worker.GetStringAsync("/api/forecast?asAt=2026-03-02T12:00:00Z"), StringComparison.Ordinal);
        using var manager = await ReaderAsync("tm2", Role.TeamManager);
        Assert.Contains("\"c1\"", await manager.GetStringAsync("/api/forecast?asAt=2026-03-02T12:00:00Z"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_left_sees_nothing_any_more()
    {
        await SendAsync(
            new WorkerRegistered { Worker = "sw1", Roles = [Role.SocialWorker], Team = "t1", On = new(Day(1, 5)) }, Conference(Day(2, 23)));
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        Assert.NotEqual("[]", await worker.GetStringAsync("/api/forecast"));

        await SendAsync(new WorkerLeft { Worker = "sw1", On = new(Day(3, 2)) });

        foreach (var path in new[] { "/api/forecast", "/api/caseload", "/api/drift", "/api/alerts?for=team", "/api/alerts?for=watching", "/api/alerts?for=me" })
        {
            Assert.Equal("[]", await worker.GetStringAsync(path));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await worker.GetAsync("/api/children/c1/obligations")).StatusCode);
        using var page = SignedIn("sw1", Role.SocialWorker);
        Assert.Equal(HttpStatusCode.Forbidden, (await page.Http.GetAsync("/teams/t1/forecast")).StatusCode);
    }

    [Fact]
    public async Task Whoever_has_left_is_not_told_what_is_next_for_children_who_are_still_theirs_in_the_record()
    {
        await SendAsync(new WorkerRegistered { Worker = "plo1", Roles = [Role.PloCoordinator], On = new(Day(1, 5)) }, Conference(Day(2, 23)));
        using var page = SignedIn("plo1", Role.PloCoordinator);
        Assert.Contains("Next for your children", await page.Http.GetStringAsync("/alerts"), StringComparison.Ordinal);

        await SendAsync(new WorkerLeft { Worker = "plo1", On = new(Day(3, 2)) });

        // In what is to be read: the keys of forms are random letters.
        Assert.DoesNotContain("c1", (await page.PageAsync("/alerts")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1989-12-31")]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task An_instant_before_there_were_systems_or_in_another_century_is_refused(string asAt)
    {
        using var reader = await ReaderAsync("admin", Role.Administrator);
        foreach (var list in new[] { "caseload", "forecast", "forecast/calibration", "measures" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await reader.GetAsync($"/api/{list}?asAt={asAt}")).StatusCode);
        }
    }

    private async Task TellAsync(IEnumerable<Incoming> events, DateTimeOffset now)
    {
        var appended = await Services.GetRequiredService<EventStore>().AppendAsync([.. events.Select(e => e.ToNewEvent(now, "cms"))]);
        Assert.All(appended, a => Assert.Equal(Fate.Accepted, a.Fate));
        await SettleAsync();
    }

    // The rows of the lists, as text that is the same when they are.
    private async Task<string> LiveAsync(DateTimeOffset? asAt)
    {
        var reader = Services.GetRequiredService<ViewReader>();
        return string.Join(
            '\n',
            await LinesAsync<ChildRow>(reader, asAt),
            await LinesAsync<ObligationRow>(reader, asAt),
            await LinesAsync<MidPointRow>(reader, asAt),
            await LinesAsync<BasicsRow>(reader, asAt));
    }

    private async Task<string> LinesAsync<TRow>(ViewReader reader, DateTimeOffset? asAt)
        where TRow : class
    {
        var view = Services.GetServices<IView>().OfType<View<TRow>>().Single();
        return string.Join('\n', (await reader.RowsAsync(view, null, asAt, default)).Select(r => JsonSerializer.Serialize(r, InUtc)).Order(StringComparer.Ordinal));
    }

    // Rows out of the database have their instants in UTC, rows just worked out in London's time.
    private static readonly JsonSerializerOptions InUtc = new() { Converters = { new UtcJson() } };

    private sealed class UtcJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUniversalTime());
    }

    private static Incoming Read(SyntheticEvent e) =>
        new(SyntheticAuthority.Source, e.Id, EventReader.FromBody(e.Type, JsonSerializer.SerializeToElement(e.Data), null, new(2030, 1, 1)).Event!, e.Time, e.RecordedTime);
}
