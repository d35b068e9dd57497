using System.Security.Claims;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Access;

/// <summary>Somebody who looks, and what they may see: a worker the children of their own team or on their own list, a head of service their service,
/// officers and chairs their own, the coordinator of pre-proceedings those in pre-proceedings and court.</summary>
internal sealed class Viewer
{
    private Viewer(string worker, IReadOnlySet<Role> roles, Structure structure)
    {
        Structure = structure;
        Worker = worker;
        Roles = roles;
        if (structure.Workers.GetValueOrDefault(worker) is { Left: true })
        {
            // A token outlives the post. Whoever has left sees no child and no team, whatever was granted or is still allocated.
            (HasLeft, Roles, Teams, Services) = (true, new HashSet<Role>(), new HashSet<string>(), new HashSet<string>());
            return;
        }

        var own = structure.Workers.GetValueOrDefault(worker)?.Team;
        Teams = structure.Teams.Values.Where(t => structure.ManagerOf(t) == worker || t.Head == worker || t.Id == own).Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        Services = structure.Teams.Values.Where(t => t.Head == worker && t.Service is not null).Select(t => t.Service!).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The teams and workers by which it is told what the viewer may see.</summary>
    public Structure Structure { get; }

    /// <summary>Worker id.</summary>
    public string Worker { get; }

    /// <summary>True for a worker who has left the council.</summary>
    public bool HasLeft { get; }

    /// <summary>Roles held.</summary>
    public IReadOnlySet<Role> Roles { get; }

    /// <summary>Teams that the viewer manages, heads or works in.</summary>
    public IReadOnlySet<string> Teams { get; }

    /// <summary>Services that the viewer heads.</summary>
    public IReadOnlySet<string> Services { get; }

    /// <summary>True for those who see every child: administrators and data staff.</summary>
    public bool SeesEverything => Roles.Contains(Role.Administrator) || Roles.Contains(Role.DataStaff) || Roles.Contains(Role.HeadOfSafeguarding);

    /// <summary>True for those who answer what people say is not right about an alert.</summary>
    public bool AnswersQuestions => Roles.Contains(Role.DataStaff) || Roles.Contains(Role.Administrator);

    /// <summary>The viewer that a signed-in principal is.</summary>
    public static Viewer Of(ClaimsPrincipal principal, Structure structure)
    {
        var worker = principal.Identity?.Name ?? "";
        var granted = principal.FindAll(ClaimTypes.Role).Select(c => Access.Roles.Parse(c.Value)).OfType<Role>();
        var registered = structure.Workers.GetValueOrDefault(worker) is { Left: false } known ? known.Roles : [];
        return new Viewer(worker, granted.Concat(registered).ToHashSet(), structure);
    }

    /// <summary>A worker by id, with the roles that the structure gives: for asking what somebody else may see.</summary>
    public static Viewer Of(string worker, Structure structure) =>
        new(worker, (structure.Workers.GetValueOrDefault(worker) is { Left: false } known ? known.Roles : []).ToHashSet(), structure);

    /// <summary>True when the viewer may see a team as a whole: their own, those they manage or head, and all for those who see every child.
    /// Officers and chairs see single children of many teams; a few of a team's children would read as the whole team.</summary>
    public bool SeesTeam(Team team) => SeesEverything || Teams.Contains(team.Id) || (team.Service is { } service && Services.Contains(service));

    /// <summary>True for a worker whom the viewer answers for: one of a team that they manage or head, a manager whom they head, and anybody for administrators.</summary>
    public bool AnswersFor(string worker) => !HasLeft && worker != Worker && (Roles.Contains(Role.Administrator) || Structure.Teams.Values.Any(t =>
        (Structure.ManagerOf(t) == Worker && Structure.Workers.GetValueOrDefault(worker)?.Team == t.Id)
        || (t.Head == Worker && (Structure.ManagerOf(t) == worker || Structure.Workers.GetValueOrDefault(worker)?.Team == t.Id))));

    /// <summary>True when the viewer may see the child.</summary>
    public bool Sees(ChildRow child)
    {
        if (HasLeft)
        {
            return false;
        }

        if (SeesEverything || child.IsWith(Worker))
        {
            return true;
        }

        var team = child.TeamIn(Structure);
        return (team is not null && (Teams.Contains(team.Id) || (team.Service is not null && Services.Contains(team.Service))))
            // A child whom no team holds must be somebody's: every head of service sees them.
            || (team is null && Roles.Contains(Role.HeadOfService))
            || (Roles.Contains(Role.PloCoordinator) && child is not { PreProceedingsSince: null, ProceedingsSince: null });
    }
}
