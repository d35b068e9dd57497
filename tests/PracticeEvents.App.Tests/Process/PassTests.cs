using PracticeEvents.App.Alerts;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.App.Tests.House;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>What passes of the timescale process take on and say, each taken by hand.</summary>
public sealed class PassTests : IAsyncLifetime
{
    // More events than a pass takes on children.
    private const int Much = 500;

    // More children than a pass takes on.
    private const int MostChildren = 500;

    private static readonly Happened Monday = new(new DateOnly(2026, 3, 2));

    private Parts node = null!;

    public async Task InitializeAsync()
    {
        node = await Parts.OpenAsync(await OneServer.NewDatabaseAsync(), ChaosHouse.Start);
        await node.BeatAsync();
    }

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    [Fact]
    public async Task Much_news_of_one_child_does_not_put_off_what_is_due_for_another()
    {
        await SendAsync(null, [.. Case("c1"), Referral("c1", "r1")]);
        await node.WorkAsync();
        Assert.Empty(await AlertsAsync("c1"));

        node.MoveTo(ChaosHouse.Start.AddDays(21));
        await SendAsync(null, [.. Enumerable.Range(0, Much).Select(n => Referral("c2", $"r{n}"))]);
        await node.PassAsync();

        Assert.NotEmpty(await AlertsAsync("c1"));
    }

    [Fact]
    public async Task What_the_service_says_of_a_child_in_the_middle_of_a_load_does_not_make_the_load_news()
    {
        node.MoveTo(ChaosHouse.Start.AddDays(60));
        await SendAsync("L", [.. Case("c1"), new InitialConferenceHeld { Child = "c1", On = Monday, Outcome = ConferenceOutcome.Plan }]);
        await node.PassAsync();
        await SendAsync("L", Referral("c1", "r1"));
        await node.WorkAsync();

        var child = await node.Get<EventStore>().ReadStreamAsync("child-c1");
        Assert.Equal(["mid_point_due", "referral_received"], child.TakeLast(2).Select(e => e.Type));
        var raised = (await node.Get<EventStore>().ReadAllAsync(0, 1000, ["alert_raised"])).Select(e => (AlertRaised)StoredFacts.Read(e).Event).ToList();
        Assert.Contains(raised, a => a.Rule.StartsWith("referral", StringComparison.Ordinal));
        Assert.All(raised, a => Assert.Equal((true, "L"), (a.Quiet, a.Load)));
    }

    [Fact]
    public async Task A_load_whose_end_has_not_been_read_yet_has_not_finished_for_who_is_looked_at_meanwhile()
    {
        node.MoveTo(ChaosHouse.Start.AddDays(60));
        await SendAsync("L", [.. Case("c1"), new InitialConferenceHeld { Child = "c1", On = Monday, Outcome = ConferenceOutcome.Plan }]);
        await node.PassAsync();

        // Of another team manager, who was registered behind what one pass takes on, it is told already.
        await SendAsync("L", [.. Enumerable.Range(0, MostChildren).Select(n => Referral($"o{n}", "r1"))]);
        await SendAsync("L", new TeamRegistered { Team = "t1", TeamManager = "tm2", On = new(Monday.Date.AddDays(1)) });
        await node.Get<EventStore>().AppendAsync([new Incoming("/import", "L", new LoadFinished { On = Monday, Load = "L", Format = "events", Events = 3 }, Load: "L").ToNewEvent(node.Now, "import")]);
        await node.PassAsync();

        var raised = (await node.Get<EventStore>().ReadAllAsync(0, 10_000, ["alert_raised"])).Select(e => (AlertRaised)StoredFacts.Read(e).Event).ToList();
        Assert.Contains(raised, a => a is { Child: "c1", To: "tm2" });
        Assert.All(raised, a => Assert.Equal((true, "L"), (a.Quiet, a.Load)));
    }

    [Fact]
    public async Task Who_is_behind_is_so_by_the_last_load_unless_something_else_is_news()
    {
        await SendAsync("L1", Referral("c1", "r1"), Referral("c2", "r1"), Referral("c3", "r1"));
        await SendAsync("L2", Referral("c1", "r2"));
        await SendAsync(null, Referral("c2", "r2"));
        var midPoint = new MidPointDue { Child = "c3", On = Monday, Ref = "m1", Cycle = MidPointCycle.ChildProtection, Due = Monday.Date };
        await node.Get<EventStore>().AppendAsync(
            [OwnEvents.New(midPoint, new Dictionary<string, StoredAlert>(), node.Now), OwnEvents.New(midPoint with { Child = "c4", Ref = "m2" }, new Dictionary<string, StoredAlert>(), node.Now)]);

        await using var connection = await node.Source.OpenConnectionAsync();
        await Backlog.ScheduleAsync(connection, [.. Enumerable.Range(0, Partitions.Count)], 0, await node.Get<EventStore>().HeadAsync(), node.Now, default);

        Assert.Equal(["c1 ~behind/L2", "c2 ~behind/", "c3 ~behind/L1", "c4 ~anew"], await AskAsync("select owner || ' ' || key from practice.timers order by owner"));
    }

    [Theory]
    [InlineData("x", "a1")]
    [InlineData("8f6c7a52-6f0c-4d7e-9d4e-0d5a6f2b7c11", "a1")]
    public async Task An_alert_that_another_program_raises_under_no_identity_of_its_own_stops_nobody(string occurrence, string alert)
    {
        var raised = new AlertRaised
        {
            Alert = alert,
            On = Monday,
            Child = "c1",
            Rule = "referral-decision-1wd",
            Occurrence = occurrence,
            Stage = AlertStage.Overdue,
            Role = Role.TeamManager,
            To = "tm1",
            Due = Monday,
            Because = [],
        };
        await SendAsync(null, [.. Case("c1"), Referral("c1", "r1"), raised]);
        node.MoveTo(ChaosHouse.Start.AddDays(21));
        await node.WorkAsync();

        Assert.NotEmpty(await AlertsAsync("c1"));
        Assert.DoesNotContain(await AlertsAsync("c1"), a => a.Id == alert);
    }

    private static PracticeEvent[] Case(string child) =>
    [
        new TeamRegistered { Team = "t1", TeamManager = "tm1", On = Monday },
        new CaseAllocated { Child = child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = Monday },
    ];

    private static ReferralReceived Referral(string child, string id) => new() { Child = child, Ref = id, On = Monday };

    private async Task SendAsync(string? load, params PracticeEvent[] events) => await node.Get<EventStore>().AppendAsync(
        [.. events.Select(e => new Incoming("/cms", Guid.NewGuid().ToString(), e, Load: load).ToNewEvent(node.Now, "cms"))]);

    private async Task<List<AlertState>> AlertsAsync(string child) => [.. await node.Get<AlertTable>().ListAsync(null, [child], null, default)];

    private async Task<List<string>> AskAsync(string sql)
    {
        await using var command = node.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var all = new List<string>();
        while (await reader.ReadAsync())
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }
}
