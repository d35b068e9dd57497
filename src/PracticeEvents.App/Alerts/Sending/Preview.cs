using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>What somebody would have been sent today.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Alerts">About how many alerts.</param>
/// <param name="Held">How many of the alerts would have waited for quiet hours to end, for the message of the day, or because they were too many.</param>
/// <param name="First">When the first message would have gone out (UTC); nothing when none would.</param>
/// <param name="Last">When the last would have, or would still.</param>
internal sealed record Previewed(int Messages, int Alerts, int Held, DateTimeOffset? First, DateTimeOffset? Last);

/// <summary>Works out what somebody would have been sent today by a subscription: by what was said to them today and the plan that is followed in earnest.</summary>
internal sealed class Preview(AlertFeed feed, Digested digested, SubscriberSight sight, Planning planning, TimeProvider time)
{
    private const int Most = 20_000;

    /// <summary>Today's, for what somebody asks for.</summary>
    public async Task<Previewed> OfAsync(ClaimsPrincipal user, string? scope, IReadOnlyList<AlertStage>? stages, SendingTimes times, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = London.DateOf(now);
        var asked = new Subscription(
            Guid.Empty, user.Identity!.Name!, Roles.Of(user), "preview", scope ?? "me", stages ?? [], times, null, [], now, null, null, IsMain: true);
        var said = await digested.SpreadAsync(
            (await feed.SinceAsync(London.StartOf(today), Most, ct))
                .Where(e => Messages.AsksForPeople(e) && (e.Digest is null || e.Recipient == asked.Worker || asked.Scope is not "me")),
            ct);
        var mine = await sight.OfAsync(asked, said, ct);
        var wanted = said.Where(mine.Contains).ToList();
        var planned = planning.Of(times, wanted, await planning.FamiliesAsync(wanted, ct), [], today).Select(p => p.Planned).ToList();
        var messages = MessagePlan.Messages(planned);
        return new(
            messages.Count, planned.Select(p => p.Word.Alert).Distinct().Count(), planned.Count(p => p.Why is not Held.No),
            messages.Count == 0 ? null : messages[0][0].At, messages.Count == 0 ? null : messages[^1][^1].At);
    }
}
