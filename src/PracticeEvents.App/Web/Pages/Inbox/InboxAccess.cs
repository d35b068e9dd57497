using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.App.Children;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Web.Pages.InboxPages;

/// <summary>Who may look at what came in: data staff and administrators. Payloads are as the sender wrote them, for any child.</summary>
internal static class InboxAccess
{
    /// <summary>What others are told.</summary>
    public const string Refusal = "Only data staff and administrators see what came in. If something about a child is missing, ask your council's data team to look here.";

    /// <summary>The reader's worker id; nothing for a reader who may not.</summary>
    public static async Task<string?> WorkerAsync(ClaimsPrincipal user, StructureReader structures, CancellationToken ct)
    {
        var viewer = Viewer.Of(user, await structures.ReadAsync(ct: ct));
        return viewer.Roles.Contains(Role.Administrator) || viewer.Roles.Contains(Role.DataStaff) ? viewer.Worker : null;
    }
}
