using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Access;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>
/// A running service with a small council's story told to it, and a browser. Two teams of two services, and a third with thirty children;
/// the clock stands at Thursday 5 March 2026, 9:14am. Shared by tests that read, or that act on what no other test looks at.
/// </summary>
public sealed class Story : RunningService
{
    /// <summary>Child of team t1 (worker sw1, officer iro1, chair chair1): on a plan and in care, core group overdue.</summary>
    public const string Sam = "c1";

    /// <summary>Child of team t2, in another service.</summary>
    public const string Elsewhere = "c2";

    /// <summary>Child of team t1 whose record cannot be worked through.</summary>
    public const string Unwatched = "c3";

    public static DateTimeOffset Now { get; } = new(2026, 3, 5, 9, 14, 0, TimeSpan.Zero);

    internal Browser Browser { get; } = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var labels = Services.GetRequiredService<Labels>();
        await labels.SetAsync("child", new Dictionary<string, string> { [Sam] = "Sam Birch", [Elsewhere] = "Kit Ash" }, default);
        await labels.SetAsync("worker", new Dictionary<string, string> { ["sw1"] = "Ade Osei", ["iro1"] = "Mo Hart" }, default);
        await labels.SetAsync("team", new Dictionary<string, string> { ["t1"] = "East 2" }, default);
        await SendAsync([.. Teams(), .. SamsStory(), .. Children()]);
        await Services.GetRequiredService<EventStore>().AppendAsync(
            [new NewEvent($"child-{Unwatched}", "of_another_release", null, """{"on":"2026-03-02"}""", "/cms", "x1", Start)]);
        await SettleAsync();
        await MoveToAsync(Now);
        await Browser.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await base.DisposeAsync();
    }

    private static IEnumerable<PracticeEvent> Teams()
    {
        var on = new Happened(new(2026, 1, 5));
        yield return new TeamRegistered { Team = "t1", Service = "s1", TeamManager = "tm1", HeadOfService = "hos1", On = on };
        yield return new TeamRegistered { Team = "t2", Service = "s2", TeamManager = "tm2", HeadOfService = "hos2", On = on };
        yield return new TeamRegistered { Team = "t3", Service = "s3", TeamManager = "tm3", HeadOfService = "hos3", On = on };
        yield return new WorkerRegistered { Worker = "sw1", Roles = [Role.SocialWorker], Team = "t1", On = on };
        yield return new WorkerRegistered { Worker = "iro1", Roles = [Role.Iro], On = on };
        yield return new WorkerRegistered { Worker = "iro2", Roles = [Role.Iro], On = on };
        yield return new WorkerRegistered { Worker = "chair1", Roles = [Role.CpChair], On = on };
    }

    private static IEnumerable<PracticeEvent> SamsStory()
    {
        yield return new ChildRegistered { Child = Sam, DateOfBirth = new(2019, 5, 1), On = Day(2, 2) };
        yield return new CaseAllocated { Child = Sam, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = Day(2, 2) };
        yield return new CaseAllocated { Child = Sam, Worker = "iro1", Role = CaseRole.Iro, On = Day(2, 2) };
        yield return new CaseAllocated { Child = Sam, Worker = "chair1", Role = CaseRole.CpChair, On = Day(2, 2) };
        yield return new InitialConferenceHeld { Child = Sam, Ref = "p1", Outcome = ConferenceOutcome.Plan, By = "chair1", On = Day(2, 16) };
        yield return new VisitRecorded { Child = Sam, Purpose = VisitPurpose.ChildProtection, Seen = true, SeenAlone = true, By = "sw1", On = Day(2, 20) };
        yield return new BecameLookedAfter { Child = Sam, LegalStatus = "s20", On = Day(2, 23) };
        yield return new GatewayAttendanceApproved { Child = Sam, Ref = "g1", By = "hos1", On = Day(3, 2) };
    }

    private static IEnumerable<PracticeEvent> Children()
    {
        yield return new ChildRegistered { Child = Elsewhere, DateOfBirth = new(2015, 1, 9), On = Day(2, 2) };
        yield return new CaseAllocated { Child = Elsewhere, Worker = "sw2", Team = "t2", Role = CaseRole.SocialWorker, On = Day(2, 2) };
        yield return new ReferralReceived { Child = Elsewhere, Ref = "r2", On = Day(2, 27) };
        yield return new ChildRegistered { Child = Unwatched, DateOfBirth = new(2012, 3, 3), On = Day(2, 2) };
        yield return new CaseAllocated { Child = Unwatched, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = Day(2, 2) };
        yield return new ReferralReceived { Child = Unwatched, Ref = "r3", On = Day(2, 27) };
        foreach (var number in Enumerable.Range(1, 30))
        {
            yield return new ChildRegistered { Child = $"p{number:00}", DateOfBirth = new(2016, 1, number), On = Day(3, 2) };
            yield return new CaseAllocated { Child = $"p{number:00}", Worker = "sw3", Team = "t3", Role = CaseRole.SocialWorker, On = Day(3, 2) };
            yield return new ReferralReceived { Child = $"p{number:00}", Ref = "r1", On = Day(3, 2) };
        }
    }

    private static Happened Day(int month, int day) => new(new(2026, month, day));
}

[CollectionDefinition(Name)]
public sealed class OnStory : ICollectionFixture<Story>
{
    public const string Name = "a council's story";
}
