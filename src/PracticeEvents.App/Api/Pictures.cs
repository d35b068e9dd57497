using System.Security.Claims;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;

namespace PracticeEvents.App.Api;

/// <summary>What a reader's lists are made from: the children whom the reader may see, their duties and cycles, now or as was known at an instant.</summary>
internal sealed record Picture(
    Viewer Viewer, Structure Structure, IReadOnlyList<ChildRow> Children, IReadOnlyList<ObligationRow> Duties, IReadOnlyList<MidPointRow> MidPoints,
    IReadOnlySet<string> Unmonitored);

/// <summary>Takes a reader's picture.</summary>
internal sealed class Pictures(
    NpgsqlDataSource source, ViewReader reader, ChildrenView children, ObligationsView obligations, MidPointsView midPoints, StructureReader structures)
{
    /// <summary>The picture, of a team or a service when one is named.</summary>
    public async Task<Picture> TakeAsync(ClaimsPrincipal user, DateTimeOffset? asAt, string? team, string? service, CancellationToken ct)
    {
        var now = await structures.ReadAsync(ct: ct);
        var viewer = Viewer.Of(user, now);
        var structure = asAt is null ? now : await structures.ReadAsync(asAt, ct);
        var seen = (await reader.RowsAsync(children, null, asAt, ct))
            .Where(viewer.Sees)
            .Where(c => team is null || c.TeamIn(structure)?.Id == team)
            .Where(c => service is null || c.TeamIn(structure)?.Service == service)
            .ToList();
        var which = seen.ConvertAll(c => c.Child);
        return new Picture(
            viewer, structure, seen, await reader.RowsAsync(obligations, which, asAt, ct), await reader.RowsAsync(midPoints, which, asAt, ct),
            (await Unmonitored.AllAsync(source, ct)).Keys.ToHashSet(StringComparer.Ordinal));
    }
}
