using System.Globalization;
using PracticeEvents.App.Children;
using PracticeEvents.App.Access;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts;

/// <summary>To whom an alert can be passed on: somebody known, in post, who can be reached, who may see the child, and who is as independent of the
/// case as whoever was told.</summary>
internal sealed class Passing(StructureReader structures, ViewReader reader, ChildrenView children)
{
    private static readonly Role[] Independent = [Role.Iro, Role.CpChair, Role.IroManager, Role.HeadOfSafeguarding];

    /// <summary>Why an alert cannot go to a worker on a London date, a sentence; nothing when it can.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="by">Who would pass it on.</param>
    /// <param name="worker">To whom.</param>
    /// <param name="on">London date.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<string?> WhyNotAsync(AlertState alert, Viewer by, string worker, DateOnly on, CancellationToken ct)
    {
        if (alert.Rule == UncoveredDuties.Rule)
        {
            return "Nobody can be reached for these duties. Name cover, or give the case or the post to somebody: that ends this alert.";
        }

        var structure = await structures.ReadAsync(ct: ct);
        var child = await reader.RowsAsync(children, [alert.Child], null, ct) is [var row] ? row : null;
        if (alert.To != by.Worker && !MayPassForOthers(alert, by, child?.TeamIn(structure), structure))
        {
            return "Only whoever was told can pass this on, or those who manage them.";
        }

        if (worker == alert.To)
        {
            return "It is with this worker already.";
        }

        if (structure.Workers.GetValueOrDefault(worker) is not { } known)
        {
            return $"No worker with the reference {worker} is known.";
        }

        if (known.Left)
        {
            return "This worker has left.";
        }

        if (structure.Absences.On(worker, on) is { } away)
        {
            return string.Create(CultureInfo.InvariantCulture, $"This worker is away until {away.To:yyyy-MM-dd}.");
        }

        if (Independent.Contains(alert.Role) && !known.Roles.Intersect(Independent).Any())
        {
            return "This was told to somebody independent of the case, and can only go to a reviewing officer, a chair or those who manage them.";
        }

        // An officer or chair is told of single children of many teams.
        var sees = Independent.Contains(alert.Role) || (child is not null && Viewer.Of(worker, structure).Sees(child));
        return sees ? null : "This worker may not see the child’s record. Ask somebody of the child’s own team.";
    }

    // Nobody passes on what went over their head.
    private static bool MayPassForOthers(AlertState alert, Viewer by, Team? team, Structure structure) =>
        by.SeesEverything
        || team?.Head == by.Worker
        || (structure.ManagerOf(team) == by.Worker
            && alert.Role is not (Role.HeadOfService or Role.ServiceManager)
            && !Independent.Contains(alert.Role));
}
