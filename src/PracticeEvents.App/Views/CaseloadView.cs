using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Views;

/// <summary>A worker's open children and duties by status. The first rows are the children whom nobody holds.</summary>
/// <param name="Worker">Worker id; nothing for the unallocated.</param>
/// <param name="Team">Team id.</param>
/// <param name="Service">Service of the team.</param>
/// <param name="Children">Open children.</param>
/// <param name="Limit">Local limit of children for one worker.</param>
/// <param name="OverLimit">True when it is passed.</param>
/// <param name="Overdue">Open duties past their due date.</param>
/// <param name="CannotTell">Duties whose date cannot be told, and children who are not watched.</param>
/// <param name="DueSoon">Open duties inside their reminder window.</param>
/// <param name="OnTrack">Open duties due later.</param>
internal sealed record CaseloadRow(
    string? Worker, string? Team, string? Service, int Children, int Limit, bool OverLimit, int Overdue, int CannotTell, int DueSoon, int OnTrack);

/// <summary>Children and open duties for each worker, from the views of children and duties.</summary>
internal static class CaseloadView
{
    /// <summary>Local limit of children for one worker; the councils' own aim is below 20 on average.</summary>
    public const int Limit = 20;

    /// <summary>One row for each worker and team: the unallocated first, then by overdue duties.</summary>
    public static IReadOnlyList<CaseloadRow> Of(
        IReadOnlyList<ChildRow> children, IReadOnlyList<ObligationRow> duties, IReadOnlySet<string> unmonitored, Structure structure, DateTimeOffset now)
    {
        var open = duties.Where(d => d.Outcome is Outcome.Open).ToLookup(d => d.Child);
        return
        [
            .. from child in children
               where child.IsOpen
               let team = child.TeamIn(structure)
               group child by (child.SocialWorker, Team: team?.Id, team?.Service) into held
               let statuses = held.SelectMany(c => open[c.Child].Select(d => unmonitored.Contains(c.Child) ? Status.CannotTell : d.StatusAt(now))).CountBy(s => s).ToDictionary()
               let row = new CaseloadRow(
                   held.Key.SocialWorker, held.Key.Team, held.Key.Service, held.Count(), Limit, held.Key.SocialWorker is not null && held.Count() > Limit,
                   statuses.GetValueOrDefault(Status.Overdue), statuses.GetValueOrDefault(Status.CannotTell) + held.Count(c => unmonitored.Contains(c.Child)),
                   statuses.GetValueOrDefault(Status.DueSoon), statuses.GetValueOrDefault(Status.OnTrack))
               orderby row.Worker is null descending, row.Overdue descending, row.CannotTell descending, row.Worker
               select row,
        ];
    }
}
