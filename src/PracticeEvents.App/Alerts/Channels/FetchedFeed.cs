using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.Domain.Alerts;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>One alert on a feed that is fetched. A reference, a duty, a date and a link; never a name.</summary>
/// <param name="Id">Alert id.</param>
/// <param name="Line">Stage, duty and reference in one line.</param>
/// <param name="Text">What is due and since when it was told.</param>
/// <param name="Stage">Stage, as the contract writes it.</param>
/// <param name="Link">Page of the alert.</param>
/// <param name="RaisedAt">When it was first told (UTC).</param>
/// <param name="ChangedAt">When something last happened to it (UTC).</param>
internal sealed record FeedItem(string Id, string Line, string Text, string Stage, Uri Link, DateTimeOffset RaisedAt, DateTimeOffset ChangedAt);

/// <summary>A feed as it stands: what asks for something now, the latest change first.</summary>
/// <param name="Subscription">Whose it is.</param>
/// <param name="Self">The address that was fetched.</param>
/// <param name="Home">The page of alerts.</param>
/// <param name="Items">The alerts.</param>
internal sealed record FetchedFeed(Subscription Subscription, Uri Self, Uri Home, IReadOnlyList<FeedItem> Items)
{
    /// <summary>The most alerts on a feed.</summary>
    public const int Most = 500;

    /// <summary>What a reader calls it.</summary>
    public string Title => $"Practice alerts ({Subscription.Scope})";

    /// <summary>When it last changed (UTC).</summary>
    public DateTimeOffset Updated => Items.Count == 0 ? Subscription.CreatedAt : Items[0].ChangedAt;
}

/// <summary>Puts a feed together from what its owner may see at this moment.</summary>
internal sealed class FeedReader(AlertDesk desk, AlertTable alerts, AlertLinks links)
{
    /// <summary>The feed of a subscription.</summary>
    public async Task<FetchedFeed> ReadAsync(Subscription s, Uri self, CancellationToken ct)
    {
        var found = (await desk.ListAsync(SubscriberSight.PrincipalOf(s), s.Scope, [AlertStatus.Open, AlertStatus.Acknowledged], ct))
            .Where(a => s.Wants(a.Stage, isOwn: false)).ToList();
        var changed = await alerts.ChangedAsync([.. found.Select(a => a.Id)], ct);
        return new FetchedFeed(s, self, links.Alerts,
        [
            .. found.Select(a => new FeedItem(
                    a.Id, $"{Notice.Stage(a.Stage)}: {a.Title}, child {a.Child}", $"Due {a.DueInWords}.{(a.AcknowledgedBy is null ? "" : " Somebody is dealing with it.")}",
                    Domain.Events.EventName.Word(a.Stage), links.Alert(a.Id), a.RaisedAt, changed.GetValueOrDefault(a.Id, a.RaisedAt)))
                .OrderByDescending(i => i.ChangedAt).ThenBy(i => i.Id, StringComparer.Ordinal).Take(FetchedFeed.Most),
        ]);
    }
}
