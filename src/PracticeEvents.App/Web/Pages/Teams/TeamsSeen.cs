using PracticeEvents.App.Access;
using PracticeEvents.Domain.Children;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>Whose team pages a reader may open: their own team's, those they manage or head, and all for those who see every child.
/// Officers and chairs see single children of many teams; a page of a few of a team's children would read as the whole team.</summary>
internal static class TeamsSeen
{
    /// <summary>The teams, by reference.</summary>
    public static IReadOnlyList<Team> Of(Viewer viewer, Structure structure) =>
        [.. structure.Teams.Values.Where(t => Includes(viewer, t)).OrderBy(t => t.Id, StringComparer.Ordinal)];

    /// <summary>True when the reader may open the team's page.</summary>
    public static bool Includes(Viewer viewer, Team team) =>
        viewer.SeesEverything || viewer.Teams.Contains(team.Id) || (team.Service is { } service && viewer.Services.Contains(service));
}
