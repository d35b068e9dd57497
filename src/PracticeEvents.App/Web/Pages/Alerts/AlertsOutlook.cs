using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>What lies beyond a reader's alerts.</summary>
/// <param name="IsSetUp">False while no team and no child has come in.</param>
/// <param name="Unmonitored">Children whom the reader may see and nobody is watching, by reference.</param>
/// <param name="Next">The next duty due of the children whom the reader works with; nothing where there are alerts.</param>
internal sealed record Outlook(bool IsSetUp, IReadOnlyList<string> Unmonitored, ObligationRow? Next);

/// <summary>Looks beyond the alerts, so that an empty list never reads as more than it is.</summary>
internal sealed class AlertsOutlook(NpgsqlDataSource source, ViewReader reader, ChildrenView children, ObligationsView obligations)
{
    /// <summary>The outlook of a reader, beside a list that is empty or not.</summary>
    public async Task<Outlook> OfAsync(Viewer viewer, bool besideNone, CancellationToken ct)
    {
        var (unmonitored, next, anybody) = await Query.AskAsync(
            source, Unmonitored.All(), besideNone && !viewer.HasLeft ? ObligationsView.FirstDue(obligations, viewer.Worker) : null, besideNone ? Anybody() : null, ct);
        var stopped = unmonitored!.Count == 0 ? [] : (await reader.RowsAsync(children, [.. unmonitored.Keys], asAt: null, ct)).Where(viewer.Sees);
        return new Outlook(!besideNone || anybody || viewer.Structure.Teams.Count > 0, [.. stopped.Select(c => c.Child)], next);
    }

    private static Query<bool> Anybody() =>
        new(new("select exists (select from practice.children)"), async (reader, ct) => await reader.ReadAsync(ct) && reader.GetBoolean(0));
}
