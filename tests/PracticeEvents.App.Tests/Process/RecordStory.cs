using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>A record that was wrong, came late, or cannot be read.</summary>
public sealed class RecordStory : Council
{
    [Fact]
    public async Task A_conference_recorded_in_error_withdraws_what_was_said_of_it()
    {
        await SendAsync(Conference(Day(2, 2)));
        Assert.Contains(await AlertsAsync("core-group-first-10wd"), a => a.EndsWith(" open", StringComparison.Ordinal));
        var id = Assert.Single(await QueryAsync("select headers ->> 'id' from public.mt_events where type = 'initial_conference_held'"));

        await SendAsync(new RecordedInError { Child = "c1", On = new(Day(3, 2)), Event = id });

        Assert.Empty(await DutiesAsync("c1", "core-group-first-10wd"));
        Assert.All(await AlertsAsync("core-group-first-10wd"), a => Assert.EndsWith(" withdrawn", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_conference_whose_date_is_corrected_withdraws_what_no_longer_holds()
    {
        await SendAsync(Conference(Day(2, 9)));
        Assert.Contains("hos1 escalated open", await AlertsAsync("core-group-first-10wd"));
        var id = Assert.Single(await QueryAsync("select headers ->> 'id' from public.mt_events where type = 'initial_conference_held'"));

        await SendAsync(new Corrected
        {
            Child = "c1",
            On = new(Day(3, 2)),
            Event = id,
            Data = JsonSerializer.Deserialize<JsonElement>("""{"on":"2026-02-26","outcome":"plan"}"""),
        });

        Assert.Equal("2026-03-12", Text(Assert.Single(await DutiesAsync("c1", "core-group-first-10wd")), "due"));
        Assert.Contains("hos1 escalated withdrawn", await AlertsAsync("core-group-first-10wd"));
        var moved = (await GetAsync("/api/alerts?for=all&status=withdrawn")).First(a => Text(a, "to") is "hos1" && Text(a, "rule") is "core-group-first-10wd");
        Assert.Contains("The due date moved from Monday 23 February 2026 to Thursday 12 March 2026", Text(moved, "withdrawnBecause"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_that_arrive_after_the_children_take_over_the_alerts()
    {
        await SendAsync(
            new CaseAllocated { Child = "c2", Worker = "sw2", Team = "t9", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
            new ReferralReceived { Child = "c2", On = new(Day(2, 2)), Ref = "r1" });
        Assert.DoesNotContain(await AlertsAsync("referral-decision-1wd", "c2"), a => a.StartsWith("tm9", StringComparison.Ordinal));

        await SendAsync(new TeamRegistered { Team = "t9", Service = "s1", TeamManager = "tm9", HeadOfService = "hos9", On = new(Day(1, 5)) });

        Assert.Contains(await AlertsAsync("referral-decision-1wd", "c2"), a => a.StartsWith("tm9", StringComparison.Ordinal) && a.EndsWith(" open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_stops_its_own_child_only()
    {
        var bad = new NewEvent("child-bad", "visit_recorded", "x", """{"child":"bad","on":"the other day"}""", "/old", "b1", Start);
        await Services.GetRequiredService<EventStore>().AppendAsync([bad], default);
        await SendAsync(Conference(Day(2, 2)));

        Assert.Equal(["bad"], await QueryAsync("select child from practice.unmonitored"));
        Assert.NotEmpty(await DutiesAsync("c1", "core-group-first-10wd"));
        Assert.NotEmpty(await AlertsAsync("core-group-first-10wd"));
    }

    [Fact]
    public async Task What_was_known_then_is_what_was_live_then()
    {
        var live = new List<(string At, IReadOnlyList<string> Duties)>();
        PracticeEvent[] story =
        [
            Conference(Day(2, 9)), new CoreGroupHeld { Child = "c1", On = new(Day(2, 20)) }, new ReferralReceived { Child = "c1", On = new(Day(2, 2)), Ref = "r1" },
            new ReviewConferenceHeld { Child = "c1", On = new(Day(3, 4)), Outcome = ReviewConferenceOutcome.End },
        ];
        for (var n = 0; n < story.Length; n++)
        {
            await MoveToAsync(At(3, 2 + n, 12));
            await SendAsync(story[n]);
            live.Add(($"2026-03-{2 + n:00}T12:00:00Z", await AllAsync("")));
        }

        foreach (var (at, duties) in live)
        {
            Assert.Equal(duties, await AllAsync($"?asAt={at}"));
        }
    }

    [Fact]
    public async Task A_load_of_history_tells_each_person_once()
    {
        var facts = Enumerable.Range(0, 12).SelectMany(n => (PracticeEvent[])
        [
            new CaseAllocated { Child = $"l{n}", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Conference(Day(1, 12), $"l{n}"),
        ]);
        var before = (await QueryAsync("select kind from practice.alert_feed")).Count;
        var store = Services.GetRequiredService<EventStore>();
        await store.AppendAsync([.. facts.Select((e, n) => new Incoming("/history", $"h{n}", e, Load: "l1").ToNewEvent(Start, "cms"))], default);
        var finished = new LoadFinished { Load = "l1", Format = "csv", Events = 24, On = Happened.AtInstant(Start) };
        await store.AppendAsync([new Incoming(OwnEvents.Source, "load-l1", finished).ToNewEvent(Start, "cms")], default);
        await SettleAsync();

        var said = (await QueryAsync("select kind || ' ' || recipient from practice.alert_feed order by position")).Skip(before).ToList();
        Assert.All(said, s => Assert.StartsWith("digest_ready ", s, StringComparison.Ordinal));
        Assert.Equal(said.Distinct(), said);
        Assert.Contains("digest_ready tm1", said);
    }

    [Fact]
    public async Task A_load_that_was_cut_off_tells_each_person_a_quarter_of_an_hour_after_its_last_event()
    {
        var store = Services.GetRequiredService<EventStore>();
        await store.AppendAsync([new Incoming("/history", "stopped0", Conference(Day(1, 12), "stopped"), Load: "l3").ToNewEvent(Start, "cms")], default);
        await store.AppendAsync(
            [
                new Incoming(
                    "/history",
                    "stopped1",
                    new CaseAllocated { Child = "stopped", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
                    Load: "l3").ToNewEvent(Start, "cms"),
            ],
            default);
        await SettleAsync();
        const string digests = "select recipient from practice.alert_feed where kind = 'digest_ready' and state ->> 'load' = 'l3'";
        Assert.Empty(await QueryAsync(digests));

        await MoveToAsync(Start + Surroundings.LoadUnderWay + TimeSpan.FromMinutes(1));

        Assert.Contains("tm1", await QueryAsync(digests));
        Assert.Empty(await QueryAsync("select load from practice.loads_under_way"));
    }

    [Fact]
    public async Task A_load_that_was_cut_off_does_not_keep_its_children_quiet()
    {
        PracticeEvent[] facts =
        [
            new CaseAllocated { Child = "cut", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(3, 1)) }, Conference(Day(3, 2), "cut"),
        ];
        var store = Services.GetRequiredService<EventStore>();
        await store.AppendAsync([.. facts.Select((e, n) => new Incoming("/history", $"cut{n}", e, Load: "l2").ToNewEvent(Start, "cms"))], default);
        await SettleAsync();
        Assert.Empty(await QueryAsync("select kind from practice.alert_feed where child = 'cut'"));

        await MoveToAsync(At(3, 17, 9));

        Assert.Contains("tm1", await QueryAsync("select recipient from practice.alert_feed where child = 'cut'"));
    }

    [Fact]
    public async Task A_load_that_was_cut_off_and_begun_again_tells_nobody_one_by_one()
    {
        await Services.GetRequiredService<EventStore>().AppendAsync(
        [
            new Incoming("/history", "a0", new CaseAllocated { Child = "again", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Load: "l4")
                .ToNewEvent(Start, "cms"),
            new Incoming("/history", "a1", Conference(Day(1, 12), "again"), Load: "l5").ToNewEvent(Start, "cms"),
            new Incoming(OwnEvents.Source, "load-l5", new LoadFinished { Load = "l5", Format = "csv", Events = 1, On = new(Day(3, 2)) }).ToNewEvent(Start, "cms"),
        ]);
        await SettleAsync();

        Assert.Equal(["digest_ready"], await QueryAsync("select distinct kind from practice.alert_feed where child = 'again' or state ->> 'load' = 'l5'"));
    }

    [Fact]
    public async Task Loads_that_end_together_tell_each_person_of_each_with_what_it_left_open()
    {
        await Services.GetRequiredService<EventStore>().AppendAsync(
        [
            .. Of("l6", "two", "three"), .. Of("l7", "four"),
            .. from load in new[] { "l6", "l7" }
               select new Incoming(OwnEvents.Source, $"load-{load}", new LoadFinished { Load = load, Format = "csv", Events = 4, On = new(Day(3, 2)) }).ToNewEvent(Start, "cms"),
        ]);
        await SettleAsync();

        Assert.Equal(
            ["l6 2", "l7 1"],
            await QueryAsync(
                "select state ->> 'load' || ' ' || (state ->> 'children') from practice.alert_feed where kind = 'digest_ready' and recipient = 'sw1' order by position"));
        Assert.Empty(await QueryAsync("select load from practice.finished_loads"));

        static IEnumerable<NewEvent> Of(string load, params string[] children) => children.SelectMany(child => new PracticeEvent[]
        {
            new CaseAllocated { Child = child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Conference(Day(1, 12), child),
        }.Select((e, n) => new Incoming("/history", $"{child}{n}", e, Load: load).ToNewEvent(Start, "cms")));
    }

    [Fact]
    public async Task What_a_load_left_open_is_never_found_by_going_through_everybody_s_alert_events()
    {
        // Even if there were no other index and the whole table the only other way: what the server believes of the log right after a load can make it choose so.
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var worst = new Npgsql.NpgsqlCommand("drop index public.pk_mt_events_stream_and_version; set local enable_seqscan = off", connection))
        {
            await worst.ExecuteNonQueryAsync();
        }

        foreach (var sql in new[] { AlertRows.ToldByLoad, AlertRows.LoadsThatTold })
        {
            var asked = sql.Replace("any($1)", "any('{l}')", StringComparison.Ordinal).Replace("$1", "'l'", StringComparison.Ordinal);
            await using var explain = new Npgsql.NpgsqlCommand($"explain (format json) select told.* from practice.alerts cross join lateral ({asked}) told", connection);
            Assert.DoesNotContain("idx_mt_events_event_type_seq_id", (string)(await explain.ExecuteScalarAsync())!, StringComparison.Ordinal);
        }
    }

    private async Task<IReadOnlyList<string>> AllAsync(string asAt) =>
        [.. (await GetAsync($"/api/children/c1/obligations{asAt}")).Select(d => d.GetRawText())];
}
