using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>The teams that the reader may open; straight to the one when there is only one and no child is without a team.</summary>
[Authorize]
internal sealed class IndexModel(Pictures pictures, StructureReader structures, RuleBook rules, Labels labels, TimeProvider time) : PageModel
{
    /// <summary>A team's line.</summary>
    internal sealed record Line(Team Team, TeamBoard Board);

    public IReadOnlyList<Line> Teams { get; private set; } = [];

    public IReadOnlyList<ChildRow> Teamless { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Now = time.GetUtcNow();
        var structure = await structures.ReadAsync(ct: ct);
        var viewer = Viewer.Of(User, structure);
        var children = await pictures.ChildrenAsync(viewer, null, null, ct);
        var teams = TeamsSeen.Of(viewer);
        Teamless = [.. children.Children.Where(c => c.IsOpen && c.TeamIn(structure) is null)];
        if (teams is [var only] && Teamless.Count == 0)
        {
            return RedirectToPage("/Teams/Team", new { id = only.Id });
        }

        var picture = await pictures.TakeAsync(children, ct);
        Teams = [.. teams.Select(team => new Line(team, TeamBoard.Of(OfTeam(picture, team), rules, Now)))];
        Names = await Names.ReadAsync(labels, [.. Teamless.Select(c => c.Child)], ct);
        return Page();
    }

    private static Picture OfTeam(Picture picture, Team team)
    {
        var children = picture.Children.Where(c => c.TeamIn(picture.Structure)?.Id == team.Id).ToList();
        var which = children.Select(c => c.Child).ToHashSet(StringComparer.Ordinal);
        return picture with { Children = children, Duties = [.. picture.Duties.Where(d => which.Contains(d.Child))] };
    }
}
