using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Children;

/// <summary>Who works with a child in a role.</summary>
/// <param name="Worker">Worker id.</param>
/// <param name="Team">Team under which the child was allocated, if said.</param>
/// <param name="Since">London date of the allocation.</param>
public sealed record Allocation(string Worker, string? Team, DateOnly Since);

/// <summary>Where a child stands: case, plans, care, and who works with them. A pure fold of the history.</summary>
public sealed record ChildSituation
{
    /// <summary>Date of birth; nothing for an unborn child, or when it was never given.</summary>
    public DateOnly? DateOfBirth { get; private set; }

    /// <summary>Expected date of birth of an unborn child.</summary>
    public DateOnly? Expected { get; private set; }

    /// <summary>Opaque reference that siblings share.</summary>
    public string? Family { get; private set; }

    /// <summary>Since when the case is open; nothing when it is closed or was never opened.</summary>
    public DateOnly? OpenSince { get; private set; }

    /// <summary>Team that holds the case, if said.</summary>
    public string? Team { get; private set; }

    /// <summary>Since when the child is on a child protection plan.</summary>
    public DateOnly? ProtectionPlanSince { get; private set; }

    /// <summary>Since when the child has a child in need plan.</summary>
    public DateOnly? NeedPlanSince { get; private set; }

    /// <summary>Since when the child is looked after.</summary>
    public DateOnly? LookedAfterSince { get; private set; }

    /// <summary>Since when the family is in pre-proceedings.</summary>
    public DateOnly? PreProceedingsSince { get; private set; }

    /// <summary>Since when care proceedings run.</summary>
    public DateOnly? ProceedingsSince { get; private set; }

    /// <summary>When the child was last seen on a visit.</summary>
    public DateOnly? LastSeen { get; private set; }

    /// <summary>When the child was last seen alone.</summary>
    public DateOnly? LastSeenAlone { get; private set; }

    /// <summary>When anything at all last happened.</summary>
    public DateOnly? LastActivity { get; private set; }

    /// <summary>True once the child has died.</summary>
    public bool Died { get; private set; }

    /// <summary>Who works with the child, by role.</summary>
    public IReadOnlyDictionary<Role, Allocation> Allocations => allocations;

    private readonly Dictionary<Role, Allocation> allocations = [];

    /// <summary>The worker allocated in a role; nothing when there is none.</summary>
    public string? Allocated(Role role) => allocations.GetValueOrDefault(role)?.Worker;

    /// <summary>Where a child stands after a history.</summary>
    public static ChildSituation Of(History history)
    {
        var situation = new ChildSituation();
        foreach (var fact in history.Facts)
        {
            situation.Apply(fact.Event);
        }

        return situation;
    }

    private void Apply(PracticeEvent e)
    {
        var on = e.On.Date;
        LastActivity = e is MidPointDue ? LastActivity : on;
        if (e is ReferralReceived or ContactReceived or AssessmentStarted or CaseAllocated or ChildInNeedPlanStarted or ChildProtectionPlanStarted
            or BecameLookedAfter or InitialConferenceHeld or StrategyDiscussionHeld && !Died)
        {
            OpenSince ??= on;
        }

        switch (e)
        {
            case ChildRegistered c:
                (DateOfBirth, Expected, Family) = (c.DateOfBirth ?? DateOfBirth, c.ExpectedDateOfBirth ?? Expected, c.Family ?? Family);
                break;
            case ChildBorn:
                DateOfBirth = on;
                break;
            case ChildDied:
                Died = true;
                Close();
                break;
            case CaseClosed:
                Close();
                break;
            case CaseAllocated a:
                allocations[a.Role.AsRole()] = new Allocation(a.Worker, a.Team, on);
                Team = a.Role is CaseRole.SocialWorker ? a.Team ?? Team : Team ?? a.Team;
                break;
            case CaseUnallocated u when Allocated(u.Role.AsRole()) == u.Worker:
                allocations.Remove(u.Role.AsRole());
                break;
            case CaseTransferred t:
                Team = t.ToTeam;
                break;
            case InitialConferenceHeld { Outcome: ConferenceOutcome.Plan } or ChildProtectionPlanStarted:
                ProtectionPlanSince ??= on;
                break;
            case ChildProtectionPlanEnded or ReviewConferenceHeld { Outcome: ReviewConferenceOutcome.End }:
                ProtectionPlanSince = null;
                break;
            case ChildInNeedPlanStarted:
                NeedPlanSince ??= on;
                break;
            case ChildInNeedPlanEnded:
                NeedPlanSince = null;
                break;
            case BecameLookedAfter:
                LookedAfterSince ??= on;
                break;
            case CeasedToBeLookedAfter:
                LookedAfterSince = null;
                break;
            case PreProceedingsStarted or LetterBeforeProceedingsSent:
                PreProceedingsSince ??= on;
                break;
            case PreProceedingsEnded:
                PreProceedingsSince = null;
                break;
            case ProceedingsIssued:
                (ProceedingsSince, PreProceedingsSince) = (ProceedingsSince ?? on, null);
                break;
            case ProceedingsConcluded:
                ProceedingsSince = null;
                break;
            case VisitRecorded { Seen: true } visit:
                LastSeen = on;
                LastSeenAlone = visit.SeenAlone ? on : LastSeenAlone;
                break;
            default:
                break;
        }
    }

    private void Close()
    {
        (OpenSince, ProtectionPlanSince, NeedPlanSince, LookedAfterSince, PreProceedingsSince, ProceedingsSince) = (null, null, null, null, null, null);
        allocations.Clear();
    }
}
