using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>What a subscriber may be told of at this moment. Asked when something is put in line and again when it is sent: whoever lost a child a
/// minute ago is not told of them now.</summary>
internal sealed class SubscriberSight(StructureReader structures, ViewReader reader, ChildrenView children)
{
    /// <summary>Those of some entries that a subscription asks for and its owner may be told of.</summary>
    public Task<IReadOnlySet<FeedEntry>> OfAsync(Subscription s, IReadOnlyList<FeedEntry> entries, CancellationToken ct) =>
        MayBeToldAsync(s, [.. entries.Where(e => (s.Scope is not "me" || e.Recipient == s.Worker) && e.Alert is { } alert && s.Wants(alert.Stage, e.Recipient == s.Worker))], ct);

    /// <summary>Those of some entries, which a subscription asked for when they were put in line, that its owner may be told of now.</summary>
    public async Task<IReadOnlySet<FeedEntry>> MayBeToldAsync(Subscription s, IReadOnlyList<FeedEntry> entries, CancellationToken ct)
    {
        var structure = await structures.ReadAsync(ct: ct);
        var viewer = Viewer.Of(PrincipalOf(s), structure);
        var wanted = entries.Where(e => !viewer.HasLeft && e.Alert is not null).ToList();
        var own = Those(wanted.Where(e => e.Recipient == s.Worker));
        if (s.Scope is "me" || wanted.Count == own.Count)
        {
            return own;
        }

        var scope = AlertScope.Of(s.Scope, viewer);
        var seen = (await reader.RowsAsync(children, [.. wanted.Select(e => e.Child).Distinct(StringComparer.Ordinal)], null, ct))
            .Where(scope.Holds).Select(c => c.Child).ToHashSet(StringComparer.Ordinal);
        return Those(wanted.Where(e => own.Contains(e) || seen.Contains(e.Child)));
    }

    // Told apart as they are, not by what they say.
    private static HashSet<FeedEntry> Those(IEnumerable<FeedEntry> entries) => new(entries, ReferenceEqualityComparer.Instance);

    /// <summary>The owner of a subscription as somebody signed in.</summary>
    public static ClaimsPrincipal PrincipalOf(Subscription s) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, s.Worker), .. s.Roles.Select(r => new Claim(ClaimTypes.Role, EventName.Word(r)))], "subscription"));
}
