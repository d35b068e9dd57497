using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeEvents.App.Api;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using Proof = PracticeEvents.App.Process.Proving.Proof;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>Whether everybody is watched, and what is said when somebody was not.</summary>
public sealed class WatchStory : Council
{
    private const string Unreadable = """{"child":"bad","on":"the other day"}""";

    private EventStore Store => Services.GetRequiredService<EventStore>();

    [Fact]
    public async Task A_child_with_an_unreadable_event_is_watched_again_once_it_is_said_to_have_been_recorded_in_error()
    {
        await StopWatchingAsync();

        await SendAsync(new RecordedInError { Child = "bad", On = new(Day(3, 2)), Event = "b1", Source = "/old" });

        Assert.Empty(await QueryAsync("select child from practice.unmonitored"));
        Assert.NotEmpty(await DutiesAsync("bad", "core-group-first-10wd"));
    }

    [Fact]
    public async Task A_child_with_an_unreadable_event_is_watched_again_once_it_is_said_what_it_should_have_been()
    {
        await StopWatchingAsync();

        await SendAsync(new Corrected
        {
            Child = "bad",
            On = new(Day(3, 2)),
            Event = "b1",
            Source = "/old",
            Data = JsonSerializer.Deserialize<JsonElement>("""{"on":"2026-02-20"}"""),
        });

        Assert.Empty(await QueryAsync("select child from practice.unmonitored"));
        Assert.Equal("2026-02-20", Text(Assert.Single(await DutiesAsync("bad", "core-group-first-10wd")), "metOn"));
    }

    [Fact]
    public async Task A_correction_that_comes_with_the_unreadable_event_is_enough()
    {
        await SendAsync(Conference(Day(2, 9), "bad"));
        var right = new Incoming("/old", "b2", new RecordedInError { Child = "bad", On = new(Day(3, 2)), Event = "b1" }).ToNewEvent(Start, "old");

        await Store.AppendAsync([Bad(), right], default);
        await SettleAsync();

        Assert.Empty(await QueryAsync("select child from practice.unmonitored"));
    }

    [Fact]
    public async Task Nobody_is_told_that_something_is_overdue_whose_record_stands_further_back_in_the_log()
    {
        await SendAsync(Conference(Day(2, 23)));
        await MoveToAsync(At(3, 9, 18));
        var others = Enumerable.Range(0, 900).Select(n =>
            (PracticeEvent)new CaseAllocated { Child = $"other{n}", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(3, 9)) });
        await using (var connection = await Source.OpenConnectionAsync())
        {
            // Nothing is worked through while a table stands still; meanwhile much is received, and the duty's day passes.
            await using var still = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("lock table practice.children in exclusive mode", connection);
            await hold.ExecuteNonQueryAsync();
            await Store.AppendAsync(
                [
                    .. others.Append(new CoreGroupHeld { Child = "c1", On = new(Day(3, 9)) })
                        .Select((e, n) => new Incoming("/late", $"late{n}", e).ToNewEvent(At(3, 9, 18), "late")),
                ],
                default);
            Assert.True(((RehearsalClock)Services.GetRequiredService<TimeProvider>()).MoveTo(At(3, 10)));
        }

        await SettleAsync();

        Assert.NotEmpty(await AlertsAsync("core-group-first-10wd"));
        Assert.Empty(await QueryAsync("""
            select e.type from public.mt_events e join practice.alerts a on e.stream_id = 'alert-' || a.id
            where a.child = 'c1' and a.rule = 'core-group-first-10wd' and e.data ->> 'stage' = 'overdue'
            """));
    }

    [Fact]
    public async Task An_unwatched_child_is_named_with_the_reason_in_the_health_of_the_service()
    {
        await StopWatchingAsync();

        Assert.Contains("1 children are not watched", Assert.Single((await HealthAsync()).Problems), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Single(await QueryAsync("select why from practice.unmonitored")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_late_because_the_service_was_down_says_so()
    {
        await SendAsync(Conference(Day(2, 27)));

        await RestartAsync(At(3, 20, 12));

        var late = Assert.Single(await QueryAsync(
            "select data ->> 'saidLate' from public.mt_events "
            + "where data ->> 'rule' = 'core-group-first-10wd' and data ->> 'to' = 'hos1' and type = 'alert_raised'"));
        Assert.Matches("^Said [0-9]+ (hours|days) late: the service was not at work from 2 March 2026 09:00 to 20 March 2026 12:00.$", late);
    }

    [Fact]
    public async Task What_is_said_in_time_gives_no_excuse()
    {
        await SendAsync(Conference(Day(2, 27)));
        await MoveToAsync(At(3, 20, 12));

        Assert.NotEmpty(await QueryAsync("select data ->> 'alert' from public.mt_events where type = 'alert_raised'"));
        Assert.Empty(await QueryAsync("select data ->> 'saidLate' from public.mt_events where data ->> 'saidLate' is not null"));
    }

    [Fact]
    public async Task Much_that_comes_at_once_is_worked_through_child_by_child_and_stays_quiet_when_it_is_a_load()
    {
        var before = (await QueryAsync("select kind from practice.alert_feed")).Count;
        var facts = Enumerable.Range(0, Backlog.Least + 500).Select(n => (PracticeEvent)((n / 250) switch
        {
            0 => new CaseAllocated { Child = $"m{n % 250}", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
            1 => Conference(Day(1, 12), $"m{n % 250}"),
            var visit => new VisitRecorded { Child = $"m{n % 250}", Purpose = VisitPurpose.ChildProtection, Seen = true, On = new(Day(1, 12).AddDays(visit)) },
        })).ToList();

        // The first of a kind for which rules wait: everybody is looked at again for that, too.
        facts[^1] = new ConferenceQualityRecorded { Child = "m0", On = new(Day(2, 18)) };
        await Store.AppendAsync([.. facts.Select((e, n) => new Incoming("/history", $"m{n}", e, Load: "much").ToNewEvent(Start, "cms"))], default);
        var finished = new LoadFinished { Load = "much", Format = "csv", Events = Backlog.Least + 500, On = Happened.AtInstant(Start) };
        await Store.AppendAsync([new Incoming(OwnEvents.Source, "load-much", finished).ToNewEvent(Start, "cms")], default);
        await SettleAsync();

        var said = (await QueryAsync("select kind from practice.alert_feed order by position")).Skip(before);
        Assert.All(said, kind => Assert.Equal("digest_ready", kind));
        Assert.Equal("250", Assert.Single(await QueryAsync(
            "select count(distinct child)::text from practice.obligations where rule = 'core-group-first-10wd' and child like 'm%'")));
        Assert.Equal("250", Assert.Single(await QueryAsync("select count(distinct child)::text from practice.alerts where rule = 'core-group-first-10wd' and child like 'm%'")));
    }

    [Fact]
    public async Task A_child_who_was_looked_at_lately_is_looked_at_with_its_news_when_much_comes_at_once()
    {
        await SendAsync(new ReferralReceived { Child = "c1", On = new(Day(2, 27)), Ref = "r1" });
        NewEvent[] much =
        [
            new Incoming("/cms", "news", Conference(Day(2, 2))).ToNewEvent(Start, "cms"),
            .. Enumerable.Range(0, Backlog.Least + 100).Select(n =>
                new Incoming(
                    "/cms",
                    $"other{n}",
                    new VisitRecorded { Child = $"o{n % 100}", Purpose = VisitPurpose.ChildProtection, Seen = true, On = new(Day(2, 2)) })
                    .ToNewEvent(Start, "cms")),
        ];
        await Store.AppendAsync(much, default);
        await SettleAsync();

        Assert.NotEmpty(await DutiesAsync("c1", "core-group-first-10wd"));
        Assert.Contains(await AlertsAsync("core-group-first-10wd"), a => a.EndsWith(" open", StringComparison.Ordinal));
        Assert.Equal("1", Assert.Single(await QueryAsync("select count(*)::text from practice.obligations where child = 'c1' and rule = 'core-group-first-10wd'")));
    }

    [Fact]
    public async Task What_cannot_be_said_of_one_child_does_not_keep_back_what_is_said_of_another()
    {
        await SendAsync(Conference(Day(2, 16), "shut"));
        await QueryAsync("select mt_archive_stream(id)::text from public.mt_streams where id in (select 'alert-' || id from practice.alerts where child = 'shut')");

        await SendAsync(new RecordedInError { Child = "shut", On = new(Day(3, 2)), Event = "e5" }, Conference(Day(2, 16)));

        Assert.Equal(["shut"], await QueryAsync("select child from practice.unmonitored"));
        Assert.NotEmpty(await AlertsAsync("core-group-first-10wd"));
    }

    [Fact]
    public async Task A_child_of_whom_something_could_never_be_read_is_shown_to_the_team_manager_by_what_can_be()
    {
        var allocated = new CaseAllocated { Child = "bad", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) };
        await Store.AppendAsync([Bad(), new Incoming("/cms", "b0", allocated).ToNewEvent(Start, "cms")], default);
        await SettleAsync();

        using var manager = SignedIn("tm1", Role.TeamManager);
        Assert.Contains("Cannot tell for 1 child", (await manager.PageAsync("/alerts")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["sw1"], await QueryAsync("select social_worker from practice.children where child = 'bad'"));
    }

    [Fact]
    public async Task Whoever_is_shown_by_what_can_be_read_is_shown_by_what_was_put_right_too()
    {
        await SendAsync(
            new TeamRegistered { Team = "t2", Service = "s1", TeamManager = "tm2", HeadOfService = "hos1", On = new(Day(1, 5)) },
            new CaseAllocated { Child = "bad", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) });
        var allocation = Assert.Single(await QueryAsync("select headers ->> 'id' from public.mt_events where stream_id = 'child-bad'"));
        await SendAsync(new Corrected
        {
            Child = "bad",
            On = new(Day(3, 2)),
            Event = allocation,
            Data = JsonSerializer.Deserialize<JsonElement>("""{"on":"2026-01-05","worker":"sw2","team":"t2","role":"social_worker"}"""),
        });

        await Store.AppendAsync([Bad()], default);
        await SettleAsync();

        Assert.Equal(["bad"], await QueryAsync("select child from practice.unmonitored"));
        Assert.Equal(["t2"], await QueryAsync("select team from practice.children where child = 'bad'"));
    }

    [Theory]
    [InlineData("practice.obligations", "child <> 'bad'")]
    [InlineData("practice.alerts", "child <> 'bad'")]
    [InlineData("public.mt_events", "not (type = 'alert_raised' and data ->> 'child' = 'bad')")]
    public async Task A_child_of_whom_the_database_refuses_what_follows_keeps_back_nobody_and_is_watched_again_when_it_no_longer_does(string table, string holds)
    {
        await QueryAsync($"alter table {table} add constraint no_such_child check ({holds})");
        await SendAsync(
            new CaseAllocated { Child = "bad", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
            Conference(Day(2, 2), "bad"),
            Conference(Day(2, 2)));

        Assert.NotEmpty(await AlertsAsync("core-group-first-10wd"));
        Assert.Contains("cannot be stored", Assert.Single(await QueryAsync("select why from practice.unmonitored where child = 'bad'")), StringComparison.Ordinal);
        Assert.Equal(["sw1"], await QueryAsync("select social_worker from practice.children where child = 'bad'"));
        var proved = await Services.GetRequiredService<Proof>().RunAsync(null, default);
        Assert.Empty(proved.Findings);
        Assert.Equal((1, 0), (proved.Stopped, proved.Behind));

        await QueryAsync($"alter table {table} drop constraint no_such_child");
        await SendAsync(new CoreGroupHeld { Child = "bad", On = new(Day(2, 10)) });
        Assert.Empty(await QueryAsync("select child from practice.unmonitored"));
        Assert.NotEmpty(await DutiesAsync("bad", "core-group-first-10wd"));
    }

    [Fact]
    public async Task A_release_that_works_something_out_otherwise_puts_right_what_the_one_before_left()
    {
        await SendAsync(Conference(Day(2, 16)));
        var code = Assert.Single(await QueryAsync("select distinct rules from practice.shares"));
        Assert.Contains(typeof(PracticeEvent).Module.ModuleVersionId.ToString("N"), code, StringComparison.Ordinal);
        Assert.Contains(typeof(Shares).Module.ModuleVersionId.ToString("N"), code, StringComparison.Ordinal);
        await QueryAsync($"""
            update practice.obligations set due = '2026-12-24' where rule = 'core-group-first-10wd';
            delete from practice.timers where key like 'core-group-first-10wd/%';
            update practice.shares set rules = replace(rules, '{typeof(Shares).Module.ModuleVersionId:N}', 'the release before')
            """);

        await RestartAsync(Start);

        Assert.Equal(["2026-03-02"], await QueryAsync("select due::text from practice.obligations where rule = 'core-group-first-10wd'"));
        Assert.Single(await QueryAsync("select key from practice.timers where key like 'core-group-first-10wd/%'"));
    }

    [Fact]
    public async Task A_team_that_cannot_be_read_stops_nobody()
    {
        await Store.AppendAsync([new NewEvent("team-t9", "team_registered", "x", """{"team":"t9","on":"some day"}""", "/old", "t9", Start)], default);
        await SendAsync(Conference(Day(2, 2)));

        Assert.NotEmpty(await AlertsAsync("core-group-first-10wd"));
    }

    [Fact]
    public async Task A_process_that_cannot_work_turns_health_red_although_nothing_new_arrives()
    {
        Assert.Empty((await HealthAsync()).Problems);
        await QueryAsync("alter table practice.timers rename column due_at to due_once");
        Services.GetRequiredService<Notifications>().Wake();
        await UntilAsync(problems => problems.Any(p => p.StartsWith("The timescale process fails", StringComparison.Ordinal)));

        await QueryAsync("alter table practice.timers rename column due_once to due_at");
        await UntilAsync(problems => problems.Count == 0);
    }

    [Fact]
    public async Task Shares_of_children_that_no_node_holds_turn_health_red()
    {
        // Nodes take what is free at their next beat: they cannot beat while somebody else has the table.
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("lock table practice.nodes in exclusive mode", connection, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await QueryAsync("update practice.leases set holder = 'nobody', epoch = epoch + 1 where name = 'timescales/3'");

        Assert.Contains("1 of 16 shares of the children are held by no node: nobody watches them.", (await HealthAsync()).Problems);
    }

    private Task<HealthDetail> HealthAsync() => Services.GetRequiredService<HealthReader>().ReadAsync(default);

    private async Task UntilAsync(Func<IReadOnlyList<string>, bool> holds)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds(await ProblemsAsync()))
        {
            await Task.Delay(10, late.Token);
        }
    }

    // While the table is broken the reader is broken too: what the process says of itself is what counts then.
    private async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        try
        {
            return (await HealthAsync()).Problems;
        }
        catch (Npgsql.PostgresException)
        {
            return Services.GetRequiredService<ProcessHealth>() is { State: "failing", Error: var why } ? [$"The timescale process fails: {why}"] : ["not readable"];
        }
    }

    private async Task StopWatchingAsync()
    {
        await SendAsync(Conference(Day(2, 9), "bad"));
        await Store.AppendAsync([Bad()], default);
        await SettleAsync();
        Assert.Equal(["bad"], await QueryAsync("select child from practice.unmonitored"));
    }

    private static NewEvent Bad() => new("child-bad", "core_group_held", "x", Unreadable, "/old", "b1", Start);
}
