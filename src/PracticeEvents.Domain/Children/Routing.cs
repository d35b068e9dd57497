using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Children;

/// <summary>How a role reaches somebody for a child.</summary>
public enum Way
{
    /// <summary>Whoever holds it.</summary>
    Holder,

    /// <summary>Whoever stands in for them while they are away.</summary>
    Cover,

    /// <summary>One level up: the post is vacant, or its holder is away and nobody stands in.</summary>
    OneUp,

    /// <summary>Further up: not even one level up is there anybody, so that the duty is nobody's.</summary>
    Uncovered,
}

/// <summary>Whom a role reaches, as opaque worker ids; at least one.</summary>
/// <param name="Workers">The workers to tell.</param>
/// <param name="Way">How they were found.</param>
public sealed record Reach(IReadOnlyList<string> Workers, Way Way)
{
    /// <summary>Those whose role it is, whether they can be reached or not; none when the post is vacant.</summary>
    public IReadOnlyList<string> Holders { get; init; } = Workers;
}

/// <summary>Who is told in a role of a child's case.</summary>
public interface IRecipients
{
    /// <summary>Whom a role reaches.</summary>
    /// <param name="role">The role.</param>
    /// <param name="isIndependent">True for a duty of a reviewing officer or chair, which never falls to the operational line.</param>
    Reach Of(Role role, bool isIndependent = false);

    /// <summary>Whom a worker's own alerts reach: the worker, whoever stands in, or nobody.</summary>
    string? InFor(string worker);
}

/// <summary>Who holds a role for a child on a London date: by allocation, by the team's structure, by cover for those who are away, and by
/// a line upwards that never leaves a duty with nobody. The line of independent reviewing officers and conference chairs never meets the
/// operational one: Children Act 1989, s25B, asks that an officer is independent of the case.</summary>
/// <param name="child">Where the child stands.</param>
/// <param name="structure">Teams and workers as known.</param>
/// <param name="on">London date.</param>
public sealed class Routing(ChildSituation child, Structure structure, DateOnly on) : IRecipients
{
    /// <summary>The recipient when nobody at all can be found. Shown to those who see every alert.</summary>
    public const string Nobody = "nobody";

    private readonly Team? team = structure.TeamOf(child.Team, child.Allocated(Role.SocialWorker));

    /// <summary>The kinds of a child's events that can change who is told.</summary>
    public static IReadOnlyList<EventKind> Kinds { get; } =
    [
        EventCatalogue.Kind<CaseAllocated>(), EventCatalogue.Kind<CaseUnallocated>(), EventCatalogue.Kind<CaseTransferred>(),
        EventCatalogue.Kind<CaseClosed>(), EventCatalogue.Kind<ChildDied>(),
    ];

    /// <summary>Whom a role reaches. A role that is allocated child by child and has one holder in the whole authority goes to that holder.</summary>
    public Reach Of(Role role, bool isIndependent = false)
    {
        var (level, first) = (0, (IReadOnlyList<string>?)null);
        foreach (var holders in Levels(role, isIndependent || role is Role.Iro or Role.CpChair))
        {
            var own = holders.ToList();
            first ??= own;
            var reached = own.Select(InFor).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            if (reached.Count > 0)
            {
                return new Reach(reached, level switch { 0 => reached.TrueForAll(own.Contains) ? Way.Holder : Way.Cover, 1 => Way.OneUp, _ => Way.Uncovered }) { Holders = first };
            }

            level++;
        }

        return new Reach([Nobody], Way.Uncovered);
    }

    /// <summary>The worker, when in post and not away; else whoever stands in, or for them in turn; nothing when nobody does.</summary>
    public string? InFor(string worker)
    {
        // Asked of everybody at every look, and nearly everybody is in.
        if (InPost(worker) && structure.Absences.On(worker, on) is null)
        {
            return worker;
        }

        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var next = worker; next is not null && InPost(next) && asked.Add(next);)
        {
            if (structure.Absences.On(next, on) is not { } away)
            {
                return next;
            }

            // A reference that nobody holds would swallow whatever is sent to it.
            next = away.Cover is { } cover && structure.Workers.ContainsKey(cover) ? cover : null;
        }

        return null;
    }

    /// <summary>The next London date, after this one, on which an absence of anybody who may be told of this child begins or ends; nothing when none does.</summary>
    /// <param name="also">Others of whom that is asked, such as those to whom something was passed on.</param>
    public DateOnly? NextChange(IEnumerable<string>? also = null)
    {
        var (seniors, theirs) = structure.ChangesOfSeniors(on);
        var (_, others) = structure.Absences.NextChange(child.Allocations.Values.Select(a => a.Worker).Concat(also ?? []), on, seniors);
        return theirs is null || others < theirs ? others ?? theirs : theirs;
    }

    // The holders of the role, then of what is above it, level by level.
    private IEnumerable<IEnumerable<string>> Levels(Role role, bool isIndependent)
    {
        yield return Holders(role);
        Role[] above = role switch
        {
            Role.TeamManager or Role.ServiceManager => [Role.HeadOfService],
            Role.Iro => [Role.IroManager, Role.HeadOfSafeguarding],
            Role.CpChair => [Role.HeadOfSafeguarding, Role.IroManager],
            Role.IroManager => isIndependent ? [Role.HeadOfSafeguarding] : [Role.HeadOfSafeguarding, Role.HeadOfService],
            Role.HeadOfSafeguarding => isIndependent ? [Role.IroManager] : [Role.IroManager, Role.HeadOfService],
            Role.ConferenceAdmin => [Role.CpChair, Role.HeadOfSafeguarding, Role.IroManager],
            Role.HeadOfService or Role.DataStaff or Role.Administrator => [],
            _ => [Role.TeamManager, Role.HeadOfService],
        };
        foreach (var senior in above)
        {
            yield return Holders(senior);
        }

        // A child whose head of service is not known or away is every head's; what is nobody's is for those who can put the structure right.
        if (!isIndependent && role is not Role.ConferenceAdmin)
        {
            yield return structure.HeadsOfService();
        }

        yield return structure.Holding(Role.Administrator);
    }

    private IEnumerable<string> Holders(Role role) => role switch
    {
        Role.TeamManager => One(structure.ManagerOf(team)),
        Role.HeadOfService => One(team?.Head),
        Role.IroManager or Role.HeadOfSafeguarding or Role.DataStaff or Role.Administrator => structure.Holding(role),
        Role.SocialWorker => One(child.Allocated(role)),
        _ => child.Allocated(role) is { } allocated && InPost(allocated) ? [allocated] : Only(structure.Holding(role)),
    };

    private static IEnumerable<string> One(string? worker) => worker is null ? [] : [worker];

    private static IEnumerable<string> Only(IEnumerable<string> workers) => workers.Take(2).ToList() is { Count: 1 } one ? one : [];

    // A worker of whom nothing is known but the allocation is taken to be in post: the structure may arrive after the child.
    private bool InPost(string worker) => structure.Workers.GetValueOrDefault(worker) is not { Left: true };
}
