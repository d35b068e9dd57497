using PracticeEvents.App.Access;
using PracticeEvents.Domain.Children;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>Whose team pages a reader may open.</summary>
internal static class TeamsSeen
{
    /// <summary>What somebody reads who may not see a team.</summary>
    public const string Refusal = "You cannot see this team. You see a team when you work in it, manage it or head its service. Ask the team's manager.";

    /// <summary>The teams, by reference.</summary>
    public static IReadOnlyList<Team> Of(Viewer viewer) =>
        [.. viewer.Structure.Teams.Values.Where(viewer.SeesTeam).OrderBy(t => t.Id, StringComparer.Ordinal)];
}
