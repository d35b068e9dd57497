using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Access;

/// <summary>The children of a reader, or of some teams, as questions that the database answers by its indexes. <see cref="Viewer.Sees"/> has the last word.</summary>
internal static class Sight
{
    /// <summary>Every child whom a reader may see.</summary>
    public static Part<ChildRow> Of(Viewer viewer)
    {
        var structure = viewer.Structure;

        // Where there is one team, it holds every child of whom no team is said.
        if (viewer.SeesEverything || structure.Teams.Count == 1)
        {
            return Part<ChildRow>.Whole with { Holds = viewer.Sees };
        }

        var teams = structure.Teams.Values.Where(t => viewer.Teams.Contains(t.Id) || (t.Service is not null && viewer.Services.Contains(t.Service))).Select(t => t.Id);
        FormattableString sql = $"{ChildrenView.With(viewer.Worker).Sql} or {Held([.. teams], structure)}";
        if (viewer.Roles.Contains(Role.HeadOfService))
        {
            sql = $"{sql} or {Teamless(structure)}";
        }

        return new(viewer.Roles.Contains(Role.PloCoordinator) ? $"{sql} or {ChildrenView.InCourt}" : sql, viewer.Sees);
    }

    /// <summary>The children whom some teams hold.</summary>
    public static Part<ChildRow> HeldBy(IReadOnlyCollection<string> teams, Structure structure)
    {
        bool Holds(ChildRow child) => child.TeamIn(structure) is { } team && teams.Contains(team.Id);
        return structure.Teams.Count == 1 ? Part<ChildRow>.Whole with { Holds = Holds } : new(Held([.. teams], structure), Holds);
    }

    // A child of whom no team is said is with the team of the social worker, or, without one, with the front door's.
    private static FormattableString Held(string[] teams, Structure structure)
    {
        FormattableString held = $"team = any({teams}) or (team is null and social_worker = any({WorkersOf(teams, structure)}))";
        return structure.FrontDoor is { } first && teams.Contains(first.Id) ? $"{held} or (team is null and social_worker is null)" : held;
    }

    // Children of whom no team is said or follows, and those with a team that nobody has registered: the index is read from one team to the next, not child by child.
    private static FormattableString Teamless(Structure structure)
    {
        var known = structure.Teams.Keys.ToArray();
        return $"""
            (team is null and (social_worker is null and {structure.FrontDoor is null} or social_worker <> all({WorkersOf(known, structure)})))
            or team = any(array(
                with recursive said as (
                    (select team from practice.children where team is not null order by team limit 1)
                    union all
                    select (select c.team from practice.children c where c.team > said.team order by c.team limit 1) from said where said.team is not null)
                select team from said where team <> all({known})))
            """;
    }

    private static string[] WorkersOf(string[] teams, Structure structure)
    {
        var which = teams.ToHashSet(StringComparer.Ordinal);
        return [.. structure.Workers.Values.Where(w => w.Team is not null && which.Contains(w.Team)).Select(w => w.Id)];
    }
}
