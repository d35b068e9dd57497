using System.Net;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>The harness itself: it starts, takes events, moves its clock and signs people in.</summary>
public sealed class RunningServiceTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Events_sent_are_worked_through_and_a_signed_in_worker_reads_what_follows()
    {
        await service.SendAsync(
            new TeamRegistered { Team = "t1", Service = "s1", TeamManager = "tm1", HeadOfService = "hos1", On = new(new(2026, 1, 5)) },
            new ChildRegistered { Child = "c1", DateOfBirth = new(2019, 5, 1), On = new(new(2026, 3, 2)) },
            new CaseAllocated { Child = "c1", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(new(2026, 3, 2)) },
            new ReferralReceived { Child = "c1", Ref = "r1", On = new(new(2026, 3, 2)) });
        await service.MoveToAsync(RunningService.Start.AddDays(3));

        using var reader = service.SignedIn("tm1", Role.TeamManager);
        using var answer = await reader.Http.GetAsync("/api/alerts?for=team");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("referral-decision-1wd", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
