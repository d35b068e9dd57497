using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>What was told of one child, in order of arrival.</summary>
internal sealed record Told(IReadOnlyList<Fact> Facts)
{
    public override string ToString() => string.Join('\n', Facts.Select(f => $"{f.Source} {f.EventId} recorded {f.RecordedAt:u}: {f.Type} {EventJson.Write(f.Event)}"));
}

/// <summary>
/// Makes histories that start, meet, stop, restart and supersede the duties of every rule: plausible ones, and nasty ones with several facts on a day, the same fact
/// from two sources, back-dated recording, corrections, and withdrawals of those.
/// </summary>
internal static class AnyHistory
{
    private const string Child = Facts.Child;

    // From before the first editions of some rules, over a change of editions, and over both clock changes.
    private static readonly DateOnly[] Beginnings = [new(2012, 12, 3), new(2015, 2, 2), new(2021, 7, 12), new(2023, 10, 16), new(2025, 3, 3), new(2025, 9, 22), new(2026, 1, 5)];

    private static readonly string?[] Refs = ["r1", "r1", "r2", null];

    public static Arbitrary<Told> Arbitrary { get; } = Gen.Sized(size => Histories(Math.Min(6 + size, 34))).ToArbitrary();

    private static Gen<Told> Histories(int most) =>
        from beginning in Gen.Elements(Beginnings)
        from spread in Gen.Elements(3, 40, 150, 500)
        from count in Gen.Choose(0, most)
        from facts in One(beginning, spread).ListOf(count)
        from again in Gen.Choose(0, 2)
        from corrections in Correction.ListOf(facts.Count == 0 ? 0 : Math.Min(4, count / 3))
        select new Told(Facts.Arriving(Corrected(Repeated([.. facts.Select((f, i) => Numbered(f, i))], again), corrections)));

    private static Gen<(PracticeEvent Event, int Delay)> One(DateOnly beginning, int spread) =>
        from day in Gen.Choose(0, spread)
        from minute in Gen.Frequency((3, Gen.Constant(-1)), (1, Gen.Choose(0, 1439)))
        from reference in Gen.Elements(Refs)
        from make in Gen.Elements(Kinds)
        from delay in Gen.Frequency((4, Gen.Choose(0, 2)), (1, Gen.Choose(3, 60)))
        let date = beginning.AddDays(day)
        let happened = minute < 0 ? new Happened(date) : Happened.AtInstant(London.StartOf(date).AddMinutes(minute))
        select (make(happened, reference), delay);

    private static Fact Numbered((PracticeEvent Event, int Delay) told, int n) => Facts.Of(
        told.Event, n % 5 == 4 ? "/other" : "/cms", string.Create(CultureInfo.InvariantCulture, $"e{n}"), told.Event.On.Instant.AddDays(told.Delay).AddHours(1).ToUniversalTime());

    // The same thing told by another source.
    private static List<Fact> Repeated(List<Fact> facts, int times) =>
        [.. facts, .. facts.Take(times).Select((f, i) => Facts.Of(f.Event, "/again", string.Create(CultureInfo.InvariantCulture, $"a{i}"), f.RecordedAt))];

    private static Gen<(int Which, int Days, bool Withdraws, int After)> Correction =>
        from which in Gen.Choose(0, 1000)
        from days in Gen.Choose(-40, 40)
        from withdraws in Gen.Elements(true, false)
        from after in Gen.Choose(0, 3)
        select (which, days, withdraws, after);

    private static List<Fact> Corrected(List<Fact> facts, IEnumerable<(int Which, int Days, bool Withdraws, int After)> corrections)
    {
        var all = facts.ToList();
        foreach (var (which, days, withdraws, after) in corrections)
        {
            var wrong = all[which % all.Count];
            var id = string.Create(CultureInfo.InvariantCulture, $"x{all.Count}");
            var at = wrong.RecordedAt.AddDays(after);
            all.Add(withdraws || wrong.Event is RecordedInError or Domain.Events.Corrected ? Facts.InError(wrong, id, at) : Facts.Moved(wrong, days, id, at));
        }

        return all;
    }

    private static readonly Func<Happened, string?, PracticeEvent>[] Kinds =
    [
        (on, r) => new ReferralReceived { Child = Child, On = on, Ref = r },
        (on, r) => new ReferralDecided { Child = Child, On = on, Ref = r, Outcome = ReferralOutcome.Assessment },
        (on, r) => new ReferralDecided { Child = Child, On = on, Ref = r, Outcome = ReferralOutcome.NoFurtherAction },
        (on, r) => new AssessmentStarted { Child = Child, On = on, Ref = r },
        (on, r) => new AssessmentSignedOff { Child = Child, On = on, Ref = r, Outcome = "plan" },
        (on, r) => new StrategyDiscussionHeld { Child = Child, On = on, Ref = r },
        (on, r) => new StrategyDiscussionHeld { Child = Child, On = on, Ref = r, StartsEnquiry = false },
        (on, r) => new Section47Concluded { Child = Child, On = on, Ref = r, Outcome = EnquiryOutcome.NoConference },
        (on, r) => new InitialConferenceHeld { Child = Child, On = on, Ref = r, Outcome = ConferenceOutcome.Plan },
        (on, r) => new InitialConferenceHeld { Child = Child, On = on, Ref = r, Outcome = ConferenceOutcome.NoPlan },
        (on, r) => new ChildProtectionPlanStarted { Child = Child, On = on, Ref = r },
        (on, r) => new ChildProtectionPlanEnded { Child = Child, On = on, Ref = r },
        (on, r) => new CoreGroupHeld { Child = Child, On = on, Ref = r },
        (on, r) => new ReviewConferenceHeld { Child = Child, On = on, Ref = r, Outcome = ReviewConferenceOutcome.Continue },
        (on, r) => new ReviewConferenceHeld { Child = Child, On = on, Ref = r, Outcome = ReviewConferenceOutcome.End },
        (on, _) => new ReviewScheduled { Child = Child, On = on, Cycle = ReviewCycle.ChildProtection, ReviewOn = on.Date.AddDays(45) },
        (on, _) => new ReviewScheduled { Child = Child, On = on, Cycle = ReviewCycle.LookedAfter, ReviewOn = on.Date.AddDays(12) },
        (on, _) => new MidPointRecorded { Child = Child, On = on, Cycle = MidPointCycle.ChildProtection },
        (on, _) => new MidPointRecorded { Child = Child, On = on, Cycle = MidPointCycle.LookedAfter },
        (on, _) => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.ChildProtection, Seen = true },
        (on, _) => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.ChildInNeed, Seen = true },
        (on, _) => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.LookedAfter, Seen = true },
        (on, _) => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.LookedAfter, Seen = false },
        (on, _) => new RiskLevelSet { Child = Child, On = on, VisitEveryWorkingDays = 5 },
        (on, r) => new ChildInNeedPlanStarted { Child = Child, On = on, Ref = r },
        (on, r) => new ChildInNeedPlanEnded { Child = Child, On = on, Ref = r },
        (on, r) => new ChildInNeedReviewHeld { Child = Child, On = on, Ref = r },
        (on, r) => new BecameLookedAfter { Child = Child, On = on, Ref = r },
        (on, r) => new BecameLookedAfter { Child = Child, On = on, Ref = r, ShortBreak = true },
        (on, r) => new CeasedToBeLookedAfter { Child = Child, On = on, Ref = r },
        (on, r) => new PlacementStarted { Child = Child, On = on, Ref = r, Approval = PlacementApproval.Reg24 },
        (on, r) => new PlacementStarted { Child = Child, On = on, Ref = r, LongTerm = true },
        (on, _) => new LookedAfterReviewHeld { Child = Child, On = on },
        (on, _) => new HealthAssessmentHeld { Child = Child, On = on, Kind = HealthAssessmentKind.Initial },
        (on, r) => new WentMissing { Child = Child, On = on, Ref = r },
        (on, r) => new ReturnedFromMissing { Child = Child, On = on, Ref = r },
        (on, r) => new ReturnInterviewHeld { Child = Child, On = on, Ref = r },
        (on, r) => new LegalGatewayHeld { Child = Child, On = on, Ref = r, Decision = GatewayDecision.Issue },
        (on, r) => new LegalGatewayOutcomeRecorded { Child = Child, On = on, Ref = r },
        (on, r) => new PreProceedingsStarted { Child = Child, On = on, Ref = r },
        (on, r) => new PloOversightRecorded { Child = Child, On = on, Ref = r },
        (on, r) => new ProceedingsIssued { Child = Child, On = on, Ref = r },
        (on, r) => new ProceedingsConcluded { Child = Child, On = on, Ref = r },
        (on, _) => new CaseClosed { Child = Child, On = on },
        (on, _) => new ChildDied { Child = Child, On = on },
    ];
}
