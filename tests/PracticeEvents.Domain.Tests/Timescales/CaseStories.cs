using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Tests.Timescales;

/// <summary>Tells a row of the case table as events of practice.</summary>
internal static class CaseStories
{
    private const string Child = "case";

    /// <summary>The events of a case: what came before, what started the duty, and what met it if the row says when that was.</summary>
    public static IEnumerable<PracticeEvent> Of(Case row) =>
        [.. Background(row), .. Started(row), .. row.Completed is { } met ? [Met(row, met)] : Array.Empty<PracticeEvent>()];

    /// <summary>When the duty started: the trigger, but for the row whose trigger is the day a late first review had been due.</summary>
    public static Happened StartOf(Case row) => row.Id switch
    {
        "TC012" => Day(2024, 3, 15), // The second check follows the first; its date counts from the start of the assessment all the same.
        "TC052" => Day(2025, 4, 1), // The trigger is the day of the review, which was booked before.
        "TC070" => Day(2020, 1, 6), // The trigger is the birthday of a child who is looked after already.
        "TC102" => Day(2025, 1, 17),
        _ => row.Trigger,
    };

    private static PracticeEvent[] Started(Case row)
    {
        var on = StartOf(row);
        return CaseRules.IdOf(row) switch
        {
            "referral-decision-1wd" => [new ReferralReceived { Child = Child, On = on, Ref = "r1" }],
            "cfa-45wd" =>
            [
                new ReferralReceived { Child = Child, On = on, Ref = "r1" },
                new ReferralDecided { Child = Child, On = on, Ref = "r1", Outcome = ReferralOutcome.Assessment },
            ],
            "icpc-15wd" => [new StrategyDiscussionHeld { Child = Child, On = on, Ref = "s1" }],
            "core-group-first-10wd" or "cp-review-first-3m" or "cp-visit" => [Conference(on)],
            "core-group-repeat" => [new CoreGroupHeld { Child = Child, On = on }],
            "cp-midpoint" => row.Id is "TC030" ? [Conference(on)] : [new ReviewConferenceHeld { Child = Child, On = on, Outcome = ReviewConferenceOutcome.Continue }],
            "cin-visit" or "cin-review-first-3m" => [new ChildInNeedPlanStarted { Child = Child, On = on }],
            "cla-review-first-20wd" => [LookedAfter(on)],
            "cla-review-second-3m" or "cla-review-subsequent-6m" or "iro-midpoint" => [Review(on)],
            "cla-visit-first-week" or "placement-plan-5wd" => [Placement(on)],
            "cla-visit-6w" or "cla-visit-3m-long-term" or "cla-visit-4w-reg24" => [Visit(on)],
            "review-decisions-5wd" => [Review(on)],
            "reg24-expiry-16w" => [new TemporaryApprovalGiven { Child = Child, On = on }],
            "review-sw-report-3wd-before" => [new ReviewScheduled { Child = Child, On = on, Cycle = ReviewCycle.LookedAfter, ReviewOn = row.Trigger.Date }],
            "cfa-midpoint-checkpoint" => [new AssessmentReviewed { Child = Child, On = on, Ref = "a1" }],
            "initial-assessment-10wd-legacy" => [new ReferralReceived { Child = Child, On = on, Ref = "r1" }],
            "icpc-15wd-transfer-in" => [new TransferInNotified { Child = Child, On = on }],
            "cp-15-month-review" => [new ChildProtectionPlanStarted { Child = Child, On = on, Ref = "p1" }],
            "cmh-window" => [new ProceedingsIssued { Child = Child, On = on, Ref = "i1" }],
            "police-protection-72h" => [new PoliceProtectionStarted { Child = Child, On = on, Ref = "pp1" }],
            "rha-under5-6m" or "rha-over5-12m" => [new HealthAssessmentHeld { Child = Child, On = on, Kind = HealthAssessmentKind.Review }],
            "pathway-assessment-3m" => [LookedAfter(on)],
            "pathway-review-6m" => [new PathwayPlanReviewed { Child = Child, On = on }],
            "pathway-review-28d" or "pa-visit-7d" => [new CareLeaverMoved { Child = Child, On = on, AccommodationByAuthority = true }],
            "pa-visit-2m" => [Visit(on, VisitPurpose.PersonalAdviser)],
            "kit-8w" => [new CareLeaverContactMade { Child = Child, On = on }],
            "pf-initial-visit-7wd" => [new PrivateFosteringNotified { Child = Child, On = on }],
            "pf-visit-6w" or "pf-visit-12w" => [Visit(on, VisitPurpose.PrivateFostering)],
            "lado-referral-1wd" => [new AllegationKnown { Child = Child, On = on, Ref = "l1" }],
            "serious-incident-5wd" => [new SeriousIncidentKnown { Child = Child, On = on, Ref = "s1" }],
            "adoption-review-first-4w" => [new PlacedForAdoption { Child = Child, On = on }],
            "missing-rhi-72h" => [new ReturnedFromMissing { Child = Child, On = on, Ref = "m1" }],
            "legal-gateway-record-same-day" => [new LegalGatewayHeld { Child = Child, On = on, Ref = "g1", Decision = GatewayDecision.PreProceedings }],
            "proceedings-26w" => [new ProceedingsIssued { Child = Child, On = on, Ref = "i1" }],
            var id => throw new ArgumentOutOfRangeException(nameof(row), id, "No story starts this rule."),
        };
    }

    private static PracticeEvent Met(Case row, Happened on) => CaseRules.IdOf(row) switch
    {
        "referral-decision-1wd" => new ReferralDecided { Child = Child, On = on, Ref = "r1", Outcome = ReferralOutcome.Assessment },
        "cfa-45wd" => new AssessmentSignedOff { Child = Child, On = on, Ref = "r1", Outcome = "plan" },
        "icpc-15wd" => Conference(on),
        "core-group-repeat" => new CoreGroupHeld { Child = Child, On = on },
        "cp-review-first-3m" => new ReviewConferenceHeld { Child = Child, On = on, Outcome = ReviewConferenceOutcome.Continue },
        "cla-review-first-20wd" => Review(on),
        "cla-visit-first-week" => Visit(on),
        "missing-rhi-72h" => new ReturnInterviewHeld { Child = Child, On = on, Ref = "m1" },
        "legal-gateway-record-same-day" => new LegalGatewayOutcomeRecorded { Child = Child, On = on, Ref = "g1" },
        "proceedings-26w" => new ProceedingsConcluded { Child = Child, On = on, Ref = "i1", Outcome = "care_order" },
        var id => throw new ArgumentOutOfRangeException(nameof(row), id, "No story meets this rule."),
    };

    // What a row's own words say happened before or beside the trigger.
    private static PracticeEvent[] Background(Case row) => (row.Id, row.RuleId) switch
    {
        ("TC101", _) => [new StrategyDiscussionHeld { Child = Child, On = Day(2025, 4, 22), Ref = "s2", StartsEnquiry = false }],
        ("TC095", _) => [LookedAfter(Day(2025, 3, 3)), Placement(Day(2025, 3, 3)), Visit(Day(2025, 5, 1))],
        ("TC096", _) => [LookedAfter(Day(2025, 5, 12)), Placement(Day(2025, 5, 26), PlacementApproval.Reg24), Review(Day(2025, 6, 5))],
        ("TC102", _) => [LookedAfter(Day(2024, 12, 6))],
        ("TC012", _) => [new AssessmentStarted { Child = Child, On = row.Trigger, Ref = "a1" }],
        ("TC052", _) => [LookedAfter(Day(2025, 3, 31))],
        ("TC070", _) => [Born(Day(2009, 11, 30))],
        (_, "rha-under5-6m") => [Born(Before(row, 3 * 365)), LookedAfter(Before(row, 200))],
        (_, "rha-over5-12m") => [Born(Before(row, 9 * 365)), LookedAfter(Before(row, 200))],
        (_, "rha-age-crossing") => [Born(Day(2020, 3, 10)), LookedAfter(Before(row, 200))],
        (_, "pa-visit-2m") => [new CareLeaverMoved { Child = Child, On = Before(row, 7), AccommodationByAuthority = true }],
        (_, "kit-8w") => [Born(Before(row, 20 * 365)), new BecameCareLeaver { Child = Child, On = Before(row, 60) }],
        (_, "pf-visit-6w") => [new PrivateFosteringNotified { Child = Child, On = Before(row, 100) }],
        (_, "pf-visit-12w") => [new PrivateFosteringNotified { Child = Child, On = Before(row, 500) }],
        (_, "cla-visit-weekly-reg24") => [LookedAfter(Before(row, 5)), Placement(Before(row, 5), PlacementApproval.Reg24)],
        (_, "cla-visit-4w-reg24") => [LookedAfter(Before(row, 60)), Placement(Before(row, 60), PlacementApproval.Reg24), Review(Before(row, 40))],
        (_, "cla-visit-3m-long-term") => [Placement(Before(row, 400), longTerm: true)],
        (_, "cla-review-subsequent-6m" or "iro-midpoint") => [LookedAfter(Before(row, 110)), Review(Before(row, 90))],
        (_, "core-group-repeat-6w") => [Conference(Before(row, 10))],
        _ => [],
    };

    private static Happened Day(int year, int month, int day) => new(new DateOnly(year, month, day));

    private static Happened Before(Case row, int days) => new(row.Trigger.Date.AddDays(-days));

    private static InitialConferenceHeld Conference(Happened on) => new() { Child = Child, On = on, Outcome = ConferenceOutcome.Plan };

    private static BecameLookedAfter LookedAfter(Happened on) => new() { Child = Child, On = on, LegalStatus = "s20" };

    private static LookedAfterReviewHeld Review(Happened on) => new() { Child = Child, On = on };

    private static PlacementStarted Placement(Happened on, PlacementApproval approval = PlacementApproval.Full, bool longTerm = false) =>
        new() { Child = Child, On = on, PlacementType = "foster", Approval = approval, LongTerm = longTerm };

    private static VisitRecorded Visit(Happened on, VisitPurpose purpose = VisitPurpose.LookedAfter) => new() { Child = Child, On = on, Purpose = purpose, Seen = true };

    private static ChildRegistered Born(Happened on) => new() { Child = Child, On = on, DateOfBirth = on.Date };
}
