using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Domain;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Puts what is said on the feed in line for those who asked to be sent it: in order, once, and in the same commit as the place up to which
/// that is done. One node does it for all.</summary>
internal sealed class SendingLine(
    NpgsqlDataSource source, AlertFeed feed, Subscriptions subscriptions, SubscriberSight sight, Digested digested, Planning planning,
    IEnumerable<IChannel> channels, Shares shares, Notifications notifications, TimeProvider time, ILogger<SendingLine> log) : BackgroundService
{
    private const int PageSize = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private DateTimeOffset tidied;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var since = notifications.Said.Count;
                while (await StepAsync(stoppingToken))
                {
                }

                await notifications.Said.WaitAsync(since, Pause, ct: stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LineFailed(e);
                await notifications.Said.WaitAsync(TimeSpan.FromSeconds(1), ct: stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    // One page of the feed. True when there may be more.
    private async Task<bool> StepAsync(CancellationToken ct)
    {
        if (shares.First is not { } lease || await subscriptions.SendingAsync(ct) is not { Count: > 0 } all)
        {
            return false;
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Lease.GuardAsync(connection, [lease], ct);
        var now = time.GetUtcNow();
        await TidyAsync(connection, now, ct);
        var position = await PositionAsync(connection, ct);
        var page = await feed.AfterAsync(position, PageSize, ct);
        if (page.Count == 0)
        {
            await transaction.CommitAsync(ct);
            return false;
        }

        await Outbox.AddAsync(connection, transaction, await ItemsAsync(connection, all, page, now, ct), ct);
        await using var moved = new NpgsqlCommand("update practice.sending_position set position = $1", connection) { Parameters = { new() { Value = page[^1].Position } } };
        await moved.ExecuteNonQueryAsync(ct);
        await using var wake = new NpgsqlCommand("select pg_notify('practice_events', '')", connection);
        await wake.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return page.Count == PageSize;
    }

    private async Task<List<OutboxItem>> ItemsAsync(
        NpgsqlConnection connection, IReadOnlyList<Subscription> all, IReadOnlyList<FeedEntry> page, DateTimeOffset now, CancellationToken ct)
    {
        var people = channels.Where(c => c.IsForPeople).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var today = London.DateOf(now);
        var forPeople = all.Where(s => people.Contains(s.Channel)).ToList();
        var told = await digested.SpreadAsync(page.Where(e => e.Digest is null || forPeople.Any(s => s.Worker == e.Recipient || s.Scope is not "me")), ct);
        var families = await planning.FamiliesAsync(told, ct);
        var mine = new List<(Subscription Subscription, List<FeedEntry> Entries)>();
        foreach (var s in all)
        {
            // What a loaded history left open is told to people; a system is told of each alert as it goes on from there.
            var asked = await sight.OfAsync(s, [.. told.Where(e => e.At >= s.CreatedAt && (people.Contains(s.Channel) ? Messages.AsksForPeople(e) : !e.IsOfDigest))], ct);
            mine.Add((s, [.. told.Where(asked.Contains)]));
        }

        var lines = mine.Where(m => m.Entries.Count > 0 && people.Contains(m.Subscription.Channel)).Select(m => Standing.LineOf(m.Subscription)).ToList();
        var sent = await Planning.SentAsync(connection, lines, today, ct);
        var gathering = await Planning.GatheringAsync(connection, lines, now, ct);
        return
        [
            .. mine.SelectMany(m => people.Contains(m.Subscription.Channel)
                // What was said a while ago, while nothing could be put in line, is planned from now on.
                ? planning.Of(m.Subscription.Times, m.Entries.Select(e => e with { At = now }), families, sent[Standing.LineOf(m.Subscription)], today)
                    .Select(p => (p.Entry, Planned: p.Planned with { At = gathering.GetValueOrDefault((Standing.LineOf(m.Subscription), p.Planned.Together), p.Planned.At) }))
                    .Select(p => Standing.ItemOf(m.Subscription, p.Entry, p.Planned, now))
                : m.Entries.Select(e => Standing.ItemOf(m.Subscription, e, now))),
        ];
    }

    private async Task TidyAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        if (now - tidied < TimeSpan.FromHours(1))
        {
            return;
        }

        tidied = now;
        await using var command = new NpgsqlCommand("delete from practice.outbox where sent_at < $1", connection)
        {
            Parameters = { new() { Value = (now - Kept).ToUniversalTime() } },
        };
        await command.ExecuteNonQueryAsync(ct);
        await using var deliveries = new NpgsqlCommand("delete from practice.deliveries where at < $1", connection)
        {
            Parameters = { new() { Value = (now - Kept).ToUniversalTime() } },
        };
        await deliveries.ExecuteNonQueryAsync(ct);
    }

    private static async Task<long> PositionAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select position from practice.sending_position for update", connection);
        return (long)(await command.ExecuteScalarAsync(ct) ?? 0L);
    }
}
