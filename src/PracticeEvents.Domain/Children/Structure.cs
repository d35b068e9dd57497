using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Children;

/// <summary>A team as last registered.</summary>
/// <param name="Id">Team id.</param>
/// <param name="Service">The service that it belongs to, if said.</param>
/// <param name="Manager">Worker id of its team manager (TM), if said.</param>
/// <param name="Head">Worker id of its head of service (HoS), if said.</param>
/// <param name="IsFrontDoor">True for the team that answers for children who are with no team yet.</param>
public sealed record Team(string Id, string? Service, string? Manager, string? Head, bool IsFrontDoor = false);

/// <summary>A worker as last registered.</summary>
/// <param name="Id">Worker id, opaque.</param>
/// <param name="Roles">Roles held.</param>
/// <param name="Team">Team, if any.</param>
/// <param name="Left">True once the worker has left.</param>
public sealed record Worker(string Id, IReadOnlyList<Role> Roles, string? Team, bool Left);

/// <summary>The authority's teams and workers, as its structure events leave them.</summary>
public sealed class Structure
{
    private readonly Dictionary<string, Team> teams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Worker> workers = new(StringComparer.Ordinal);
    private readonly ILookup<Role, string> holding;
    private HashSet<string>? seniors;
    private volatile SeniorsThen? seniorsThen;

    /// <summary>Folds structure events. Of two about the same team or worker the one that happened later holds, whichever arrived first.</summary>
    public Structure(IEnumerable<Fact> facts)
    {
        var told = facts as IReadOnlyCollection<Fact> ?? [.. facts];
        Absences = new Absences(told);
        foreach (var fact in told.OrderBy(f => f.On).ThenBy(f => f.RecordedAt).ThenBy(f => f.Id))
        {
            switch (fact.Event)
            {
                case TeamRegistered t:
                    teams[t.Team] = new Team(t.Team, t.Service, t.TeamManager, t.HeadOfService, t.FrontDoor);
                    break;
                case WorkerRegistered w:
                    workers[w.Worker] = new Worker(w.Worker, w.Roles, w.Team, Left: false);
                    break;
                case WorkerLeft left:
                    workers[left.Worker] = (workers.GetValueOrDefault(left.Worker) ?? new Worker(left.Worker, [], null, Left: true)) with { Left = true };
                    break;
                default:
                    break;
            }
        }

        FrontDoor = teams.Values.Where(t => t.IsFrontDoor).OrderBy(t => t.Id, StringComparer.Ordinal).FirstOrDefault();

        // Asked for child after child.
        holding = workers.Values.Where(w => !w.Left).SelectMany(w => w.Roles.Distinct().Select(role => (Role: role, w.Id)))
            .OrderBy(w => w.Id, StringComparer.Ordinal).ToLookup(w => w.Role, w => w.Id);
    }

    /// <summary>The same teams and workers with other absences.</summary>
    internal Structure(Structure same, Absences absences)
    {
        // Worked out once for all that share them.
        _ = same.Seniors;
        (teams, workers, holding, seniors, FrontDoor, Absences) = (same.teams, same.workers, same.holding, same.seniors, same.FrontDoor, absences);
    }

    /// <summary>The kinds of events that it is made from.</summary>
    public static IReadOnlyList<EventKind> Kinds { get; } =
    [
        EventCatalogue.Kind<TeamRegistered>(), EventCatalogue.Kind<WorkerRegistered>(), EventCatalogue.Kind<WorkerLeft>(),
        EventCatalogue.Kind<AbsenceRecorded>(), EventCatalogue.Kind<AbsenceCancelled>(),
    ];

    /// <summary>Who is away when, and who stands in.</summary>
    public Absences Absences { get; }

    /// <summary>All teams by id.</summary>
    public IReadOnlyDictionary<string, Team> Teams => teams;

    /// <summary>All workers by id, leavers included.</summary>
    public IReadOnlyDictionary<string, Worker> Workers => workers;

    /// <summary>The team that answers for children who have come to notice and are with no team and no social worker yet; nothing when none is said to.</summary>
    public Team? FrontDoor { get; }

    /// <summary>The team that holds a child: the one said, else that of the child's social worker, else the front door's for a child who
    /// has none, else the only one there is; nothing when that cannot be told.</summary>
    public Team? TeamOf(string? team, string? socialWorker) =>
        team is null && socialWorker is null && FrontDoor is { } first ? first
        : (team ?? (socialWorker is null ? null : workers.GetValueOrDefault(socialWorker)?.Team)) is { } id ? teams.GetValueOrDefault(id)
        : teams.Count == 1 ? teams.Values.First() : null;

    /// <summary>Workers in post who hold a role, by id.</summary>
    public IEnumerable<string> Holding(Role role) => holding[role];

    /// <summary>The manager of a team: as registered with the team, else whoever is registered in it as team manager.</summary>
    public string? ManagerOf(Team? team) => team?.Manager
        ?? workers.Values.Where(w => !w.Left && team is not null && w.Team == team.Id && w.Roles.Contains(Role.TeamManager))
            .Select(w => w.Id).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Everybody who may be told of children that are not allocated to them: managers and heads of teams, and all in post who hold
    /// a role other than social worker.</summary>
    public IReadOnlySet<string> Seniors => seniors ??= new HashSet<string>(
        teams.Values.SelectMany(t => (string?[])[ManagerOf(t), t.Head]).OfType<string>()
            .Concat(workers.Values.Where(w => !w.Left && w.Roles.Any(r => r is not Role.SocialWorker)).Select(w => w.Id)), StringComparer.Ordinal);

    /// <summary>The seniors with those who stand in for them, in turn, and the next London date after one on which an absence of any of them begins or ends.</summary>
    /// <param name="on">The date. Worked out once for all children who are looked at on it.</param>
    internal (IReadOnlySet<string> Workers, DateOnly? Next) ChangesOfSeniors(DateOnly on)
    {
        if (seniorsThen is not { } then || then.On != on)
        {
            var (workers, next) = Absences.NextChange(Seniors, on, new HashSet<string>());
            seniorsThen = then = new SeniorsThen(on, workers, next);
        }

        return (then.Workers, then.Next);
    }

    /// <summary>Every head of service, by id.</summary>
    public IEnumerable<string> HeadsOfService() =>
        teams.Values.Select(t => t.Head).OfType<string>().Concat(Holding(Role.HeadOfService)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private sealed record SeniorsThen(DateOnly On, IReadOnlySet<string> Workers, DateOnly? Next);
}
