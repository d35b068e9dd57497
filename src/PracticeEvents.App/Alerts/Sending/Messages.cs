using System.Security.Cryptography;
using System.Text;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>A message with what of the line it takes off.</summary>
internal sealed record Message(Notice Notice, IReadOnlyList<OutboxClaim> Claims);

/// <summary>Makes messages of what stands in a line and is due.</summary>
internal sealed class Messages(AlertFeed feed, SubscriberSight sight, Planning planning, AlertTable alerts, AlertLinks links, RuleBook rules)
{
    private static readonly string Reminded = EventCatalogue.Kind<AlertReminded>().Alias;
    private static readonly string[] Told = [EventCatalogue.Kind<AlertRaised>().Alias, EventCatalogue.Kind<AlertStageReached>().Alias];

    /// <summary>True for what people are sent word of: that something asks for them, or much did in a history that was loaded. How it ended they see where they look.</summary>
    public static bool IsForPeople(FeedEntry entry) => AsksForPeople(entry.Kind) || entry.Digest is not null;

    /// <summary>The messages, and what is to be taken off the line without one: the subscriber may not be told of it any more, or it is over.</summary>
    public async Task<(IReadOnlyList<Message> Messages, IReadOnlyList<long> Nothing)> OfAsync(Subscription s, IChannel channel, IReadOnlyList<OutboxClaim> claims, CancellationToken ct)
    {
        var standing = claims.Select(c => (Claim: c, Stands: Standing.Of(c))).ToList();
        var entries = (await feed.AtAsync([.. standing.Select(p => p.Stands.Position)], ct)).ToDictionary(e => e.Position);
        var handedOver = standing.Where(p => p.Stands.IsHandedOver).Select(p => p.Stands.Position).ToHashSet();
        var about = await AboutAsync(s, entries.Values, channel, handedOver, ct);
        var allowed = await sight.MayBeToldAsync(s, [.. entries.Values.Where(e => about[e.Position].Count > 0)], ct);
        var due = standing.Where(p => allowed.Contains(p.Stands.Position)).ToList();
        return (
            // What was tried before goes apart from what was not: neither waits as long as the other, and a message that is tried again says the same.
            [.. due.GroupBy(p => (p.Stands.Together ?? p.Claim.Key, p.Claim.Attempts)).Select(group => new Message(NoticeOf([.. group.Select(p => (p.Claim.Key, entries[p.Stands.Position]))], about, group.First().Stands.IsHeld), [.. group.Select(p => p.Claim)]))],
            [.. standing.Except(due).Select(p => p.Claim.Id)]);
    }

    // What each entry tells of, nothing where it is no news any more: a person is told how it stands now, a system how it stood when it was said.
    private async Task<IReadOnlyDictionary<long, IReadOnlyList<AlertState>>> AboutAsync(
        Subscription s, IReadOnlyCollection<FeedEntry> entries, IChannel channel, HashSet<long> handedOver, CancellationToken ct)
    {
        if (!channel.IsForPeople)
        {
            return entries.ToDictionary(e => e.Position, IReadOnlyList<AlertState> (e) => e.Alert is { } said ? [said] : []);
        }

        var left = await planning.LeftAsync(entries, ct);
        var now = (await alerts.FindAsync([.. entries.Select(e => e.Alert?.Id).OfType<string>().Distinct()], ct)).ToDictionary(a => a.Id, StringComparer.Ordinal);
        return entries.ToDictionary(e => e.Position, IReadOnlyList<AlertState> (e) => e.Alert is { } said
            ? now.GetValueOrDefault(said.Id) is { } state && IsNews(s, e, state) ? [state] : []
            : [.. left.GetValueOrDefault(e.Position, []).Where(a => handedOver.Contains(e.Position) || s.Wants(a.Stage, isOwn: true))]);
    }

    // Told twice of one alert while it waited, by a reminder and a stage, it stands in the message once.
    private Notice NoticeOf(IReadOnlyList<(string Key, FeedEntry Entry)> said, IReadOnlyDictionary<long, IReadOnlyList<AlertState>> about, bool isHeld)
    {
        var items = said.SelectMany(p => about[p.Entry.Position], (p, alert) => (p.Entry.Position, Kind: p.Entry.Alert is null ? Told[0] : p.Entry.Kind, Alert: alert))
            .GroupBy(p => p.Alert.Id, StringComparer.Ordinal).Select(g => g.MaxBy(p => p.Position))
            .Select(e => new NoticeItem(e.Kind, e.Alert, AlertJson.Of(e.Alert, rules).Title, links.Alert(e.Alert.Id)))
            .OrderBy(i => i.Alert.Due.Date).ThenBy(i => i.Alert.Due.At).ThenBy(i => i.Alert.Child, StringComparer.Ordinal).ToList();
        return new Notice(IdOf([.. said.Select(p => p.Key)]), items, said.Max(p => p.Entry.At), items is [var one] ? one.Link : links.Alerts, isHeld || said.Any(p => p.Entry.Alert is null));
    }

    // The same words, the same id: mail systems throw away a second message with the id of the first, and must not throw away what it did not say.
    private static string IdOf(IReadOnlyList<string> keys) =>
        keys is [var one] ? one : "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', keys.Order(StringComparer.Ordinal)))))[..32];

    private static bool AsksForPeople(string kind) => kind == Reminded || Told.Contains(kind);

    // A person is not told of what is over by now, or what somebody has taken on since: what waited for its turn may be old. What has got further along has a later word of its own, where the person
    // asked for that stage; where they did not, this is the one they get.
    private static bool IsNews(Subscription s, FeedEntry e, AlertState now) =>
        now.IsLive && AsksForPeople(e.Kind)
        && (e.Kind == Reminded || ((now.Stage == e.Alert!.Stage || !s.Wants(now.Stage, e.Recipient == s.Worker)) && !(now.AcknowledgedAt >= e.At)));
}
