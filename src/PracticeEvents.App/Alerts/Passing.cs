using System.Globalization;
using PracticeEvents.App.Children;
using PracticeEvents.App.Access;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts;

/// <summary>To whom an alert can be passed on: somebody known, in post, who can be reached, who may see the child, and who is as independent of the case as whoever was told.</summary>
internal sealed class Passing(StructureReader structures, ViewReader reader, ChildrenView children)
{
    private static readonly Role[] Independent = [Role.Iro, Role.CpChair, Role.IroManager, Role.HeadOfSafeguarding];

    /// <summary>Why an alert cannot go to a worker on a London date, a sentence; nothing when it can.</summary>
    public async Task<string?> WhyNotAsync(AlertState alert, string worker, DateOnly on, CancellationToken ct)
    {
        var structure = await structures.ReadAsync(ct: ct);
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

        var sees = known.Roles.Contains(alert.Role) || (await reader.RowsAsync(children, [alert.Child], null, ct) is [var child] && Viewer.Of(worker, structure).Sees(child));
        return sees ? null : "This worker may not see the child’s record. Ask somebody of the child’s own team.";
    }
}
