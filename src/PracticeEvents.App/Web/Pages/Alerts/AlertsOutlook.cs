using System.Security.Claims;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>What lies beyond a reader's alerts.</summary>
/// <param name="IsSetUp">False while no team and no child has come in.</param>
/// <param name="Unmonitored">Children whom the reader may see and nobody is watching, by reference.</param>
/// <param name="Next">The next duty due of the children whom the reader works with.</param>
internal sealed record Outlook(bool IsSetUp, IReadOnlyList<string> Unmonitored, ObligationRow? Next);

/// <summary>Looks beyond the alerts, so that an empty list never reads as more than it is.</summary>
internal sealed class AlertsOutlook(NpgsqlDataSource source, ChildAccess access, ViewReader reader, ChildrenView children, ObligationsView obligations)
{
    /// <summary>The outlook of a reader.</summary>
    public async Task<Outlook> OfAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        var (viewer, structure) = await access.ViewerAsync(user, ct);
        var stopped = await access.SeenAsync(user, [.. (await Unmonitored.AllAsync(source, ct)).Keys], ct);
        var own = await reader.RowsAsync(children, null, ChildrenView.With(viewer.Worker), null, ct);
        var duties = await reader.RowsAsync(obligations, [.. own.Select(c => c.Child)], ObligationsView.Current, null, ct);
        return new Outlook(
            structure.Teams.Count > 0 || await AnybodyAsync(ct), [.. stopped.Select(c => c.Child)],
            duties.Where(d => d is { Outcome: Outcome.Open, Due: not null }).MinBy(d => d.Due));
    }

    private async Task<bool> AnybodyAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select exists (select from practice.children)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
