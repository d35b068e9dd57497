using System.Security.Claims;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;

namespace PracticeEvents.App.Access;

/// <summary>Everybody's way to children: looks the reader up, keeps to what the reader may see, and notes every look at a child.</summary>
internal sealed class ChildAccess(ViewReader reader, ChildrenView children, StructureReader structures, ReadLog log, TimeProvider time)
{
    /// <summary>The reader, with the structure that says what they may see.</summary>
    public async Task<Viewer> ViewerAsync(ClaimsPrincipal user, CancellationToken ct) => Viewer.Of(user, await structures.ReadAsync(ct: ct));

    /// <summary>A child whom the reader may see, and notes the look. Nothing with a reason when there is no such child or the reader may not.</summary>
    public async Task<(ChildRow? Child, bool Exists)> LookAsync(ClaimsPrincipal user, string child, string what, CancellationToken ct)
    {
        var found = await reader.RowsAsync(children, [child], asAt: null, ct);
        if (found is not [var row])
        {
            return (null, false);
        }

        var viewer = await ViewerAsync(user, ct);
        if (!viewer.Sees(row))
        {
            return (null, true);
        }

        await log.NoteAsync(viewer.Worker, child, what, time.GetUtcNow(), ct);
        return (row, true);
    }

    /// <summary>Every child whom a viewer may see now.</summary>
    public Task<IReadOnlyList<ChildRow>> AllAsync(Viewer viewer, CancellationToken ct) => reader.RowsAsync(children, null, Sight.Of(viewer), asAt: null, ct);

    /// <summary>Those of some children whom the reader may see.</summary>
    public async Task<IReadOnlyList<ChildRow>> SeenAsync(ClaimsPrincipal user, IReadOnlyCollection<string> which, CancellationToken ct)
    {
        var viewer = await ViewerAsync(user, ct);
        return [.. (await reader.RowsAsync(children, which, asAt: null, ct)).Where(viewer.Sees)];
    }

    /// <summary>The answer for a child who cannot be shown.</summary>
    public static IResult Refused(bool exists, string child) => exists
        ? Results.Problem("You cannot see this child's record. Ask the child's team manager.", statusCode: 403, title: "Not allowed")
        : Results.Problem($"No child with the reference {child} is known.", statusCode: 404, title: "Not found");
}
