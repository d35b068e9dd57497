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
internal sealed class Messages(Digested digested, SubscriberSight sight, AlertTable alerts, AlertLinks links, RuleBook rules)
{
    private static readonly string Reminded = EventCatalogue.Kind<AlertReminded>().Alias;
    private static readonly string[] Told = [EventCatalogue.Kind<AlertRaised>().Alias, EventCatalogue.Kind<AlertStageReached>().Alias];

    /// <summary>True for what people are sent word of: that something asks for them, or much does in a history that was loaded. How it ended they see where they look.</summary>
    public static bool AsksForPeople(FeedEntry entry) => entry.Kind == Reminded || Told.Contains(entry.Kind) || entry.IsOfDigest;

    /// <summary>The messages, and what is to be taken off the line without one: the subscriber may not be told of it any more, or it is over.</summary>
    public async Task<(IReadOnlyList<Message> Messages, IReadOnlyList<long> Nothing)> OfAsync(
        Subscription s, IChannel channel, IReadOnlyList<OutboxClaim> claims, CancellationToken ct)
    {
        var standing = claims.Select(c => (Claim: c, Stands: Standing.Of(c))).ToList();
        var entries = await digested.EntriesAsync([.. standing.Select(p => p.Stands)], ct);
        var said = standing.Zip(entries, (p, entry) => (p.Claim, p.Stands, Entry: entry))
            .Where(p => p.Entry?.Alert is not null)
            .Select(p => (p.Claim, p.Stands, Entry: p.Entry!))
            .ToList();
        var now = channel.IsForPeople ? (await alerts.FindAsync([.. said.Select(p => p.Entry.Alert!.Id).Distinct()], ct)).ToDictionary(a => a.Id, StringComparer.Ordinal) : [];
        var allowed = await sight.MayBeToldAsync(s, [.. said.Select(p => p.Entry).Where(e => !channel.IsForPeople || IsNews(s, e, now.GetValueOrDefault(e.Alert!.Id)))], ct);
        var due = said.Where(p => allowed.Contains(p.Entry)).ToList();
        return (
            // What was tried before goes apart from what was not: neither waits as long as the other, and a message that is tried again says the same.
            [.. due.GroupBy(p => (p.Stands.Together ?? p.Claim.Key, p.Claim.Attempts)).Select(group => new Message(
                NoticeOf([.. group.Select(p => (p.Claim.Key, p.Entry))], now, group.First().Stands.IsHeld),
                [.. group.Select(p => p.Claim)]))],
            [.. claims.Except(due.Select(p => p.Claim)).Select(c => c.Id)]);
    }

    // Told twice of one alert while it waited, by a reminder and a stage, it stands in the message once.
    private Notice NoticeOf(IReadOnlyList<(string Key, FeedEntry Entry)> said, Dictionary<string, AlertState> now, bool isHeld)
    {
        // A person is told how it stands now, a system how it stood when it was said.
        var items = said.GroupBy(p => p.Entry.Alert!.Id, StringComparer.Ordinal).Select(g => g.MaxBy(p => p.Entry.Position).Entry)
            .Select(e => (Kind: e.IsOfDigest ? Told[0] : e.Kind, Alert: now.GetValueOrDefault(e.Alert!.Id) ?? e.Alert!))
            .Select(e => new NoticeItem(e.Kind, e.Alert, AlertJson.Of(e.Alert, rules).Title, links.Alert(e.Alert.Id)))
            .OrderBy(i => i.Alert.Due.Date).ThenBy(i => i.Alert.Due.At).ThenBy(i => i.Alert.Child, StringComparer.Ordinal).ToList();
        return new Notice(
            IdOf([.. said.Select(p => p.Key)]), items, said.Max(p => p.Entry.At), items is [var one] ? one.Link : links.Alerts,
            isHeld || said.Any(p => p.Entry.IsOfDigest));
    }

    // The same words, the same id: mail systems throw away a second message with the id of the first, and must not throw away what it did not say.
    private static string IdOf(IReadOnlyList<string> keys) =>
        keys is [var one] ? one : "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', keys.Order(StringComparer.Ordinal)))))[..32];

    // A person is not told of what is over by now, or what somebody has taken on since: what waited for its turn may be old. What has got further
    // along has a later word of its own, where the person asked for that stage; where they did not, this is the one they get.
    private static bool IsNews(Subscription s, FeedEntry e, AlertState? now) =>
        now is { IsLive: true } && AsksForPeople(e)
        && (e.Kind == Reminded
            || ((now.Stage == e.Alert!.Stage || !s.Wants(now.Stage, e.Recipient == s.Worker))
                && !(now.AcknowledgedAt >= e.At)
                && (!e.IsOfDigest || now.To == e.Recipient)));
}
