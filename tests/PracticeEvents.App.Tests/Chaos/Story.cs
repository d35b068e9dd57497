using System.Globalization;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Events of many children that start, meet and end many duties, in an order that no case system would send them in.</summary>
internal static class Story
{
    private static readonly DateOnly First = new(2025, 8, 4);

    /// <summary>The nth event. The same number is the same event.</summary>
    public static PracticeEvent Event(int n)
    {
        var (child, step) = ($"c{n / 15}", n * 7 % 15);
        var on = new Happened(First.AddDays((n * 13 % 190) + step));
        return step switch
        {
            0 => new CaseAllocated { Child = child, On = new(First), Role = CaseRole.SocialWorker, Worker = $"sw{n % 9}", Team = $"t{n % 3}" },
            1 => new ReferralReceived { Child = child, On = on, Ref = "r1" },
            2 => new ReferralDecided { Child = child, On = on, Ref = "r1", Outcome = ReferralOutcome.Assessment },
            3 => new StrategyDiscussionHeld { Child = child, On = on, Ref = "s1" },
            4 or 5 => new InitialConferenceHeld { Child = child, On = on, Outcome = ConferenceOutcome.Plan },
            6 or 7 => new CoreGroupHeld { Child = child, On = on },
            8 or 9 => new VisitRecorded { Child = child, On = on, Purpose = VisitPurpose.ChildProtection, Seen = true },
            10 => new BecameLookedAfter { Child = child, On = on, LegalStatus = "s20" },
            11 => new PlacementStarted { Child = child, On = on, PlacementType = "foster", Approval = PlacementApproval.Full },
            12 => new LookedAfterReviewHeld { Child = child, On = on },
            13 => new LegalGatewayHeld { Child = child, On = on, Ref = "g1", Decision = GatewayDecision.PreProceedings },
            _ when n % 450 == 2 => new WorkerRegistered { Worker = $"sw{n % 9}", On = on, Roles = [Role.SocialWorker] },
            _ => new ReviewConferenceHeld { Child = child, On = on, Outcome = n % 2 == 0 ? ReviewConferenceOutcome.Continue : ReviewConferenceOutcome.End },
        };
    }

    /// <summary>The teams and those who lead them.</summary>
    public static IEnumerable<PracticeEvent> Structure() =>
        Enumerable.Range(0, 3).Select(t => new TeamRegistered
        {
            Team = string.Create(CultureInfo.InvariantCulture, $"t{t}"),
            On = new(First),
            Service = "safeguarding",
            TeamManager = $"tm{t}",
            HeadOfService = "hos",
        });
}
