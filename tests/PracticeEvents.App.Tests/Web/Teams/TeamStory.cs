using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Access;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Teams;

/// <summary>
/// One service for the pages of teams, reviews, inbox, rules and status, on 2 March 2026. In team t1: c1 (with sw1, on a plan since 12 January, never visited),
/// c2 (with sw2, looked after since 16 February), c3 (with sw2, reviewed twice, challenged), c4 (with sw9, who left) and c5 (with nobody). c6 is of team t2.
/// </summary>
public sealed class TeamStory : RunningService
{
    internal Browser Browser { get; } = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await SendAsync([.. Structure(), .. Children()]);
        var labels = Services.GetRequiredService<Labels>();
        await labels.SetAsync("child", new Dictionary<string, string> { ["c1"] = "Sam <B>" }, default);
        await labels.SetAsync("team", new Dictionary<string, string> { ["t1"] = "East Locality" }, default);
        await labels.SetAsync("worker", new Dictionary<string, string> { ["sw1"] = "Z. Osei", ["sw2"] = "A. Khan" }, default);
        await Browser.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Sends something that cannot be taken, from a sender of its own; answers with the row's number in the inbox.</summary>
    public async Task<long> SendBrokenAsync(string id, string purpose = "tea")
    {
        var sender = await Services.GetRequiredService<Sources>().CreateAsync($"sender-{id}", Start);
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sender!.Bearer);
        using var body = new StringContent(Broken(id, purpose), Encoding.UTF8, "application/cloudevents+json");
        using var answer = await http.PostAsync("/events", body);
        Assert.Contains("quarantined", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var rows = await Services.GetRequiredService<Store.Inbox>().ListAsync(sender: $"sender-{id}");
        return rows[0].Id;
    }

    /// <summary>A visit whose purpose may be none that is known.</summary>
    public static string Broken(string id, string purpose) =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/{{{id}}}","type":"practice.visit_recorded","data":{"child":"c6","on":"2026-02-27","purpose":"{{{purpose}}}","seen":true}}""";

    private static IEnumerable<PracticeEvent> Structure() =>
    [
        new TeamRegistered { Team = "t1", Service = "s1", TeamManager = "tm1", HeadOfService = "hos1", On = On(1, 5) },
        new TeamRegistered { Team = "t2", Service = "s2", TeamManager = "tm2", HeadOfService = "hos2", On = On(1, 5) },
        new TeamRegistered { Team = "t3", Service = "s1", TeamManager = "tm3", HeadOfService = "hos1", On = On(1, 5) },
        new WorkerRegistered { Worker = "sw1", Roles = [Role.SocialWorker], Team = "t1", On = On(1, 5) },
        new WorkerRegistered { Worker = "sw2", Roles = [Role.SocialWorker], Team = "t1", On = On(1, 5) },
        new WorkerRegistered { Worker = "sw9", Roles = [Role.SocialWorker], Team = "t1", On = On(1, 5) },
        new WorkerLeft { Worker = "sw9", On = On(2, 20) },
    ];

    private static IEnumerable<PracticeEvent> Children() =>
    [
        Allocated("c1", "sw1", CaseRole.SocialWorker, "t1"),
        Allocated("c1", "ch1", CaseRole.CpChair, "t1"),
        new InitialConferenceHeld { Child = "c1", Outcome = ConferenceOutcome.Plan, On = On(1, 12) },
        Allocated("c2", "sw2", CaseRole.SocialWorker, "t1"),
        Allocated("c2", "iro1", CaseRole.Iro, "t1"),
        new BecameLookedAfter { Child = "c2", LegalStatus = "s20", On = On(2, 16) },
        new VisitRecorded { Child = "c2", Purpose = VisitPurpose.LookedAfter, Seen = true, SeenAlone = true, On = On(2, 20) },
        new ManagementOversightRecorded { Child = "c2", By = "tm1", On = On(2, 25) },
        Allocated("c3", "sw2", CaseRole.SocialWorker, "t1"),
        Allocated("c3", "iro1", CaseRole.Iro, "t1"),
        new BecameLookedAfter { Child = "c3", LegalStatus = "s20", On = new(new(2025, 6, 2)) },
        new LookedAfterReviewHeld { Child = "c3", On = new(new(2025, 6, 27)) },
        new LookedAfterReviewHeld { Child = "c3", On = new(new(2025, 9, 26)) },
        new ChallengeRaised { Child = "c3", Stage = "informal", On = On(2, 10) },
        Allocated("c4", "sw9", CaseRole.SocialWorker, "t1"),
        new ReferralReceived { Child = "c5", Ref = "r5", On = On(3, 2) },
        new CaseTransferred { Child = "c5", ToTeam = "t1", On = On(3, 2) },
        Allocated("c6", "sw6", CaseRole.SocialWorker, "t2"),
    ];

    private static CaseAllocated Allocated(string child, string worker, CaseRole role, string team) =>
        new() { Child = child, Worker = worker, Role = role, Team = team, On = On(1, 6) };

    private static Happened On(int month, int day) => new(new(2026, month, day));
}

[CollectionDefinition(Name)]
public sealed class OnTeamStory : ICollectionFixture<TeamStory>
{
    public const string Name = "team story";
}
