using System.Security.Claims;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Store;

namespace PracticeEvents.App.Api;

/// <summary>What a reader's lists are made from: of the children whom the reader may see those whose case or a duty is open and those nobody is watching,
/// with what is current of their duties and cycles, now or as was known at an instant.</summary>
internal sealed record Picture(
    Viewer Viewer, Structure Structure, IReadOnlyList<ChildRow> Children, IReadOnlyList<ObligationRow> Duties, IReadOnlyList<MidPointRow> MidPoints,
    IReadOnlySet<string> Unmonitored);

/// <summary>Takes a reader's picture.</summary>
internal sealed class Pictures(
    NpgsqlDataSource source, ViewReader reader, ChildrenView children, ObligationsView obligations, MidPointsView midPoints, StructureReader structures)
{
    /// <summary>The picture, of a team or a service when one is named.</summary>
    public async Task<Picture> TakeAsync(ClaimsPrincipal user, DateTimeOffset? asAt, string? team, string? service, CancellationToken ct) =>
        await TakeAsync(Viewer.Of(user, await structures.ReadAsync(ct: ct)), asAt, team, service, ct);

    /// <summary>The picture for a reader who is known.</summary>
    public async Task<Picture> TakeAsync(Viewer viewer, DateTimeOffset? asAt, string? team, string? service, CancellationToken ct) => asAt is { } instant
        ? await ThenAsync(viewer, instant, team, service, ct)
        : await TakeAsync(await ChildrenAsync(viewer, team, service, ct), ct);

    /// <summary>The picture of children who are known, with what is current of their duties and cycles.</summary>
    public async Task<Picture> TakeAsync(Picture children, CancellationToken ct)
    {
        var which = children.Children.Select(c => c.Child).ToArray();
        var (duties, cycles) = which.Length == 0 ? ([], []) : await Query.AskAsync(
            source, ViewReader.Rows(obligations, ObligationsView.Current, which), ViewReader.Rows(midPoints, MidPointsView.Running, which), ct);
        return children with { Duties = duties!, MidPoints = cycles! };
    }

    /// <summary>The children of the picture as it is now, without their duties and cycles.</summary>
    public async Task<Picture> ChildrenAsync(Viewer viewer, string? team, string? service, CancellationToken ct)
    {
        var part = Of(viewer, team, service);
        var listed = part with { Sql = $"({part.Sql}) and (current or child in (select child from practice.unmonitored))" };

        // Who is unmonitored is asked last: nobody is listed as watched who is not any more.
        var (seen, unmonitored) = await Query.AskAsync(source, ViewReader.Rows(children, listed), Unmonitored.All(), ct);
        return new Picture(viewer, viewer.Structure, seen!, [], [], unmonitored!.Keys.ToHashSet(StringComparer.Ordinal));
    }

    // Each child is worked out once for all three lists.
    private async Task<Picture> ThenAsync(Viewer viewer, DateTimeOffset asAt, string? team, string? service, CancellationToken ct)
    {
        var structure = await structures.ReadAsync(asAt, ct);
        var then = await reader.ReadAtAsync(null, asAt, ct);
        var wanted = team is null && service is null ? Part<ChildRow>.Whole : Sight.HeldBy(Named(structure, team, service), structure);

        // Whose record a reader may open goes by today: a child who has moved on is not theirs to look back at.
        var allowed = (await reader.RowsAsync(children, null, Sight.Of(viewer), null, ct)).Select(c => c.Child).ToHashSet(StringComparer.Ordinal);
        var seen = (from child in then.Children.OrderBy(c => c.Child, StringComparer.Ordinal)
                    from row in children.Rows(child)
                    where allowed.Contains(row.Child) && wanted.Holds(row) && (row.Current || then.Unreadable.Contains(row.Child))
                    select (Picture: child, Row: row)).ToList();
        return new Picture(
            viewer, structure, [.. seen.Select(s => s.Row)], [.. seen.SelectMany(s => obligations.Rows(s.Picture)).Where(ObligationsView.Current.Holds)],
            [.. seen.SelectMany(s => midPoints.Rows(s.Picture)).Where(MidPointsView.Running.Holds)], then.Unreadable);
    }

    private static Part<ChildRow> Of(Viewer viewer, string? team, string? service)
    {
        if (team is null && service is null)
        {
            return Sight.Of(viewer);
        }

        var held = Sight.HeldBy(Named(viewer.Structure, team, service), viewer.Structure);
        return held with { Holds = child => held.Holds(child) && viewer.Sees(child) };
    }

    private static List<string> Named(Structure structure, string? team, string? service) =>
        [.. structure.Teams.Values.Where(t => (team is null || t.Id == team) && (service is null || t.Service == service)).Select(t => t.Id)];
}
