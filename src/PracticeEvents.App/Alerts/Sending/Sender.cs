using System.Collections.Concurrent;
using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Sends what stands in line. Each subscription has a line of its own and no more than four messages under way, so that a receiver that
/// hangs keeps back nobody but itself. A message is sent at least once: a node that dies while it sends leaves its claim, which runs out, and the id
/// of the message tells the receiver that it had it before.</summary>
internal sealed class Sender(
    NpgsqlDataSource source, Outbox outbox, Subscriptions subscriptions, Messages messages, Delivering delivering,
    Notifications notifications, TimeProvider time, ILogger<Sender> log) : BackgroundService
{
    private const int AtOnce = 4;
    private const int ForSystems = 40;

    // All that waited for an hour goes out in one message.
    private const int ForPeople = 1000;

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<Guid, Task> lines = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var since = notifications.Anything.Count;
                Forget(ended: lines.Where(l => l.Value.IsCompleted));
                await WaitAsync(since, await StartLinesAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LineFailed(e);
                await notifications.Anything.WaitAsync(TimeSpan.FromSeconds(1), ct: stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        await Task.WhenAll(lines.Values);
    }

    private void Forget(IEnumerable<KeyValuePair<Guid, Task>> ended)
    {
        foreach (var (line, _) in ended.ToList())
        {
            lines.Remove(line);
        }
    }

    // Until something else comes up, or a line has ended: what failed in it is to be tried again at another time.
    private async Task WaitAsync(long since, TimeSpan sleep, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var notice = notifications.Anything.WaitAsync(since, sleep, ct: over.Token);
        if (await Task.WhenAny([notice, .. lines.Values]) != notice)
        {
            // What was due in it may be held by another node: it is not asked for without a pause.
            await Task.WhenAny(notice, Task.Delay(Shortest, over.Token));
        }

        await over.CancelAsync();
    }

    // Starts the lines in which something is due, and says when the next is.
    private async Task<TimeSpan> StartLinesAsync(CancellationToken ct)
    {
        var all = (await subscriptions.SendingAsync(ct)).Where(s => s.DisabledAt is null && delivering.Channel(s.Channel) is { WhyOff: null }).ToList();
        if (all.Count == 0)
        {
            return LongestSleep;
        }

        var now = time.GetUtcNow();
        var sleep = LongestSleep;
        foreach (var (line, due) in await NextAsync([.. all.Select(Standing.LineOf)], ct))
        {
            if (due > now)
            {
                sleep = due - now < sleep ? due - now : sleep;
                continue;
            }

            var s = all.Single(s => Standing.LineOf(s) == line);
            if (!lines.ContainsKey(s.Id))
            {
                lines[s.Id] = Task.Run(() => RunSafelyAsync(s, ct), CancellationToken.None);
            }
        }

        return sleep < Shortest ? Shortest : sleep;
    }

    private async Task RunSafelyAsync(Subscription s, CancellationToken ct)
    {
        try
        {
            await RunAsync(s, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: what was claimed and not sent is free again.
        }
        catch (Exception e)
        {
            log.LineFailed(e);
            await Task.Delay(TimeSpan.FromSeconds(1), ct).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task<List<(string Line, DateTimeOffset Due)>> NextAsync(string[] which, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select c.channel, w.due_at from unnest($1) as c (channel)
            cross join lateral (
                select min(greatest(f.due_at, coalesce(f.claimed_until, f.due_at))) as due_at
                from (select o.due_at, o.claimed_until from practice.outbox o where o.channel = c.channel and o.sent_at is null order by o.due_at limit 50) f) w
            where w.due_at is not null
            """);
        command.Parameters.AddWithValue(which);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var next = new List<(string, DateTimeOffset)>();
        while (await reader.ReadAsync(ct))
        {
            next.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)));
        }

        return next;
    }

    private async Task RunAsync(Subscription s, CancellationToken ct)
    {
        var channel = delivering.Channel(s.Channel);
        while (channel is { WhyOff: null } && await subscriptions.FindAsync(s.Id, ct) is { DisabledAt: null } current)
        {
            var claims = await outbox.ClaimAsync(Standing.LineOf(s), time.GetUtcNow(), channel.IsForPeople ? ForPeople : ForSystems, Claim, ct);
            if (claims.Count == 0)
            {
                return;
            }

            var left = new ConcurrentDictionary<long, OutboxClaim>(claims.Select(c => KeyValuePair.Create(c.Id, c)));
            try
            {
                var (due, nothing) = await messages.OfAsync(current, channel, claims, ct);
                await outbox.SentAsync(nothing, time.GetUtcNow(), ct);
                Forget(left, nothing);

                // No more than can be sent before the claim runs out, however slow the receiver is.
                await Parallel.ForEachAsync(due.Take(ForSystems), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (message, stop) =>
                {
                    // This node was held up: by now another may be sending it.
                    if (message.Claims.Any(c => c.Until <= time.GetUtcNow()))
                    {
                        return;
                    }

                    // What was begun may have arrived, whatever becomes of this node: it keeps its claim.
                    Forget(left, message.Claims.Select(c => c.Id));
                    await delivering.DeliverAsync(channel, current, message, stop);
                });
            }
            finally
            {
                // What was not come to is free again, also when the node stops.
                await outbox.ReleaseAsync([.. left.Values], CancellationToken.None);
            }
        }
    }

    private static void Forget(ConcurrentDictionary<long, OutboxClaim> left, IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            left.TryRemove(id, out _);
        }
    }
}
