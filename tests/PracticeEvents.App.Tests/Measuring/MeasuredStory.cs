using System.Net.Http.Headers;
using System.Text.Json;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Tests.Measuring;

/// <summary>Two teams of two services, and a child in each, with a history that most measures have cases of. The clock stands at 2 March 2026.</summary>
public sealed class MeasuredStory : RunningService
{
    public const string Here = "c1";
    public const string Elsewhere = "c2";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await SendAsync([.. Teams(), .. Of(Here, "t1", "sw1"), .. Of(Elsewhere, "t2", "sw2"), .. InCourt(Here)]);
    }

    /// <summary>What an address for programs answers to a worker.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, string worker, params Role[] roles)
    {
        using var http = new HttpClient
        {
            BaseAddress = new Uri(Url),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(worker, roles)) },
        };
        return await http.GetAsync(path);
    }

    /// <summary>The rows of a list.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path, string worker, params Role[] roles)
    {
        using var answer = await AskAsync(path, worker, roles);
        using var document = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    private static IEnumerable<PracticeEvent> Teams()
    {
        foreach (var n in new[] { 1, 2 })
        {
            yield return new TeamRegistered { Team = $"t{n}", Service = $"s{n}", TeamManager = $"tm{n}", HeadOfService = $"hos{n}", On = Day(2025, 12, 1) };
            yield return new WorkerRegistered { Worker = $"sw{n}", Roles = [Role.SocialWorker], Team = $"t{n}", On = Day(2025, 12, 1) };
        }

        yield return new SupervisionHeld { Worker = "sw1", On = Day(2026, 1, 14) };
        yield return new DipSampleCompleted { Manager = "tm1", On = Day(2026, 1, 20) };
    }

    private static IEnumerable<PracticeEvent> Of(string child, string team, string worker)
    {
        yield return new CaseAllocated { Child = child, Worker = worker, Team = team, Role = CaseRole.SocialWorker, On = Day(2025, 12, 1) };
        yield return new ContactReceived { Child = child, On = Day(2025, 12, 1) };
        yield return new ReferralReceived { Child = child, On = Day(2025, 12, 3), Ref = "r1" };
        yield return new ReferralDecided { Child = child, On = Day(2025, 12, 4), Ref = "r1", Outcome = ReferralOutcome.Assessment };
        yield return new AssessmentStarted { Child = child, On = Day(2025, 12, 5), Ref = "a1" };
        yield return new AssessmentReturned { Child = child, On = Day(2026, 1, 5), Ref = "a1" };
        yield return new AssessmentSignedOff { Child = child, On = Day(2026, 1, 12), Ref = "a1" };
        yield return new StrategyDiscussionHeld { Child = child, On = Day(2026, 1, 12), Ref = "s1" };
        yield return new InitialConferenceHeld { Child = child, On = Day(2026, 2, 2), Ref = "s1", Outcome = ConferenceOutcome.Plan };
        yield return new VisitRecorded { Child = child, On = Day(2026, 2, 6), Purpose = VisitPurpose.ChildProtection, Seen = true, SeenAlone = true };
        yield return new VisitRecorded { Child = child, On = Day(2026, 2, 18), Purpose = VisitPurpose.ChildProtection, Seen = true };
        yield return new ChildInNeedPlanStarted { Child = child, On = Day(2025, 12, 15) };
        yield return new ChildInNeedPlanEnded { Child = child, On = Day(2026, 2, 2) };
    }

    private static IEnumerable<PracticeEvent> InCourt(string child)
    {
        yield return new PreProceedingsStarted { Child = child, On = Day(2025, 12, 15) };
        yield return new PloAuditCompleted { Child = child, On = Day(2026, 1, 15) };
        yield return new ProceedingsIssued { Child = child, On = Day(2026, 2, 9), Ref = "x1" };
        yield return new BecameLookedAfter { Child = child, On = Day(2026, 2, 9), LegalStatus = "ico" };
        yield return new PlacementStarted { Child = child, On = Day(2026, 2, 9), WithParent = true };
        yield return new GatewayAttendanceApproved { Child = child, On = Day(2026, 3, 2), Ref = "g1", By = "hos1" };
    }

    private static Happened Day(int year, int month, int day) => new(new(year, month, day));
}
