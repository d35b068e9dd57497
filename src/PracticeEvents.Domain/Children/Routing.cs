using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Children;

/// <summary>Who holds a role for a child: by allocation, by the team's structure, and by a fall-back that never leaves a duty with nobody.</summary>
public static class Routing
{
    /// <summary>The recipient when nobody at all can be found. Shown to those who see every alert.</summary>
    public const string Nobody = "nobody";

    /// <summary>The kinds of a child's events that can change who is told.</summary>
    public static IReadOnlyList<EventKind> Kinds { get; } =
    [
        EventCatalogue.Kind<CaseAllocated>(), EventCatalogue.Kind<CaseUnallocated>(), EventCatalogue.Kind<CaseTransferred>(), EventCatalogue.Kind<CaseClosed>(), EventCatalogue.Kind<ChildDied>(),
    ];

    /// <summary>The workers to tell, as opaque ids; at least one. A vacant post goes one level up: worker to team manager, team manager to head of service,
    /// conference administration to the chair.
    /// A role that is allocated child by child and has one holder in the whole authority goes to that holder.</summary>
    public static IReadOnlyList<string> To(Role role, ChildSituation child, Structure structure)
    {
        var team = structure.TeamOf(child.Team, child.Allocated(Role.SocialWorker));
        var found = role switch
        {
            Role.TeamManager => One(structure.ManagerOf(team), structure),
            Role.HeadOfService => One(team?.Head, structure),
            _ => One(child.Allocated(role), structure) ?? (role is Role.SocialWorker ? null : Only(structure.Holding(role))),
        };
        return found ?? role switch
        {
            Role.HeadOfService => structure.HeadsOfService().Where(w => InPost(w, structure)).ToList() is { Count: > 0 } heads ? heads : [Nobody],
            Role.TeamManager or Role.ServiceManager or Role.HeadOfSafeguarding or Role.IroManager => To(Role.HeadOfService, child, structure),
            Role.ConferenceAdmin => To(Role.CpChair, child, structure),
            _ => To(Role.TeamManager, child, structure),
        };
    }

    private static List<string>? One(string? worker, Structure structure) => worker is not null && InPost(worker, structure) ? [worker] : null;

    private static List<string>? Only(IEnumerable<string> workers) => workers.Take(2).ToList() is { Count: 1 } one ? one : null;

    // A worker of whom nothing is known but the allocation is taken to be in post: the structure may arrive after the child.
    private static bool InPost(string worker, Structure structure) => structure.Workers.GetValueOrDefault(worker) is not { Left: true };
}
