using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>A stretch of a child's life between two kinds of events.</summary>
/// <param name="Start">The fact that began it.</param>
/// <param name="End">The fact that ended it; nothing while it runs.</param>
public sealed record Episode(Fact Start, Fact? End)
{
    /// <summary>London date on which it began.</summary>
    public DateOnly From => Start.On.Date;

    /// <summary>London date on which it ended; nothing while it runs.</summary>
    public DateOnly? To => End?.On.Date;

    /// <summary>The case of the whole stretch.</summary>
    public MeasuredCase Case() => new(Start.Id, From, To);

    /// <summary>The case of what lies past a limit; nothing when it ended before.</summary>
    /// <param name="firstDayOver">First London date past the limit.</param>
    public MeasuredCase? Over(DateOnly firstDayOver) => To <= firstDayOver ? null : new(Start.Id, firstDayOver, To) { Part = "over", Hit = true };
}

/// <summary>Stretches of a child's life. The closing of the case and the death of the child end all of them; a second start while one runs begins nothing.</summary>
public static class Episodes
{
    /// <summary>Those on a child protection plan.</summary>
    public static IEnumerable<Episode> ProtectionPlans(History history) => Of(
        history, e => e is ChildProtectionPlanStarted or InitialConferenceHeld { Outcome: ConferenceOutcome.Plan },
        e => e is ChildProtectionPlanEnded or ReviewConferenceHeld { Outcome: ReviewConferenceOutcome.End });

    /// <summary>Those with a child in need plan.</summary>
    public static IEnumerable<Episode> NeedPlans(History history) => Of(history, e => e is ChildInNeedPlanStarted, e => e is ChildInNeedPlanEnded);

    /// <summary>Those in pre-proceedings. The issue of proceedings ends them.</summary>
    public static IEnumerable<Episode> PreProceedings(History history) => Of(
        history, e => e is PreProceedingsStarted or LetterBeforeProceedingsSent, e => e is PreProceedingsEnded or ProceedingsIssued);

    /// <summary>Those in care proceedings.</summary>
    public static IEnumerable<Episode> Proceedings(History history) => Of(history, e => e is ProceedingsIssued, e => e is ProceedingsConcluded);

    /// <summary>Those with an open case: from the first event that opens one.</summary>
    public static IEnumerable<Episode> OpenCases(History history) => Of(
        history,
        e => e is ReferralReceived or ContactReceived or AssessmentStarted or CaseAllocated or ChildInNeedPlanStarted or ChildProtectionPlanStarted or BecameLookedAfter
            or InitialConferenceHeld or StrategyDiscussionHeld,
        _ => false);

    /// <summary>Those placed with a parent while looked after. Another placement ends one.</summary>
    public static IEnumerable<Episode> WithParents(History history) => Of(
        history, e => e is PlacementStarted { WithParent: true }, e => e is PlacementEnded or PlacementStarted { WithParent: false } or CeasedToBeLookedAfter);

    private static IEnumerable<Episode> Of(History history, Func<PracticeEvent, bool> starts, Func<PracticeEvent, bool> ends)
    {
        Fact? open = null;
        foreach (var fact in history.Facts)
        {
            if (open is null && starts(fact.Event))
            {
                open = fact;
            }
            else if (open is { } start && (ends(fact.Event) || fact.Event is CaseClosed or ChildDied))
            {
                yield return new Episode(start, fact);
                open = null;
            }
        }

        if (open is { } last)
        {
            yield return new Episode(last, null);
        }
    }
}
