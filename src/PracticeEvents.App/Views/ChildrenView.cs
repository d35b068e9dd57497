using PracticeEvents.App.Process;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Views;

/// <summary>Where every child stands, and who works with them.</summary>
internal sealed class ChildrenView : View<ChildRow>
{
    public override string Name => "children";

    /// <summary>The children whom a worker is allocated to, in any role.</summary>
    public static Part<ChildRow> With(string worker) => new(
        $"social_worker = {worker} or iro = {worker} or cp_chair = {worker} or plo_coordinator = {worker} or personal_adviser = {worker}", child => child.IsWith(worker));

    /// <summary>The condition of pre-proceedings or care proceedings.</summary>
    public static readonly FormattableString InCourt = $"pre_proceedings_since is not null or proceedings_since is not null";

    protected override IReadOnlyList<ViewIndex> FoundBy =>
    [
        .. from column in (string[])["team", "social_worker", "iro", "cp_chair", "plo_coordinator", "personal_adviser"] select new ViewIndex($"children_{column}", $"({column})"),
        new("children_court", $"(child) where {InCourt}"),
    ];

    public override IEnumerable<ChildRow> Rows(ChildPicture child)
    {
        var s = child.Situation;
        return
        [
            new ChildRow(
                child.Child, s.Family, s.DateOfBirth, s.Expected, s.Team, s.OpenSince, s.ProtectionPlanSince, s.NeedPlanSince, s.LookedAfterSince,
                s.PreProceedingsSince, s.ProceedingsSince, s.Allocated(Role.SocialWorker), s.Allocated(Role.Iro), s.Allocated(Role.CpChair),
                s.Allocated(Role.PloCoordinator), s.Allocated(Role.PersonalAdviser), s.LastSeen, s.LastSeenAlone, s.LastActivity, s.Died,
                s.OpenSince is not null || child.Duties.Any(d => d.Outcome is Outcome.Open)),
        ];
    }
}

/// <summary>A child as the view keeps it: references and dates, never a name. <c>Current</c>: the case is open, or a duty is.</summary>
internal sealed record ChildRow(
    string Child, string? Family, DateOnly? DateOfBirth, DateOnly? Expected, string? Team, DateOnly? OpenSince, DateOnly? ProtectionPlanSince,
    DateOnly? NeedPlanSince, DateOnly? LookedAfterSince, DateOnly? PreProceedingsSince, DateOnly? ProceedingsSince, string? SocialWorker, string? Iro,
    string? CpChair, string? PloCoordinator, string? PersonalAdviser, DateOnly? LastSeen, DateOnly? LastSeenAlone, DateOnly? LastActivity, bool Died, bool Current)
{
    /// <summary>True while the case is open.</summary>
    public bool IsOpen => OpenSince is not null;

    /// <summary>The team that holds the child.</summary>
    public Team? TeamIn(Structure structure) => structure.TeamOf(Team, SocialWorker);

    /// <summary>True when the worker is allocated to the child in any role.</summary>
    public bool IsWith(string worker) =>
        SocialWorker == worker || Iro == worker || CpChair == worker || PloCoordinator == worker || PersonalAdviser == worker;
}
