using System.Security.Claims;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Access;

/// <summary>Role words as people write them on a command line or in a claim.</summary>
internal static class Roles
{
    private static readonly Dictionary<string, Role> Words = Enum.GetValues<Role>().ToDictionary(r => EventName.Word(r.ToString()));

    private static readonly Dictionary<string, Role> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sw"] = Role.SocialWorker,
        ["tm"] = Role.TeamManager,
        ["hos"] = Role.HeadOfService,
        ["chair"] = Role.CpChair,
        ["pa"] = Role.PersonalAdviser,
        ["plo"] = Role.PloCoordinator,
        ["admin"] = Role.Administrator,
    };

    /// <summary>All role words.</summary>
    public static IEnumerable<string> All => Words.Keys;

    /// <summary>The roles that somebody signed in with.</summary>
    public static IReadOnlyList<Role> Of(ClaimsPrincipal user) => [.. user.FindAll(ClaimTypes.Role).Select(c => Parse(c.Value)).OfType<Role>().Distinct()];

    /// <summary>The role that a word names; nothing when there is none.</summary>
    public static Role? Parse(string word) => Words.TryGetValue(word.Trim().ToLowerInvariant().Replace('-', '_'), out var role) ? role
        : Short.TryGetValue(word.Trim(), out role) ? role : null;
}
