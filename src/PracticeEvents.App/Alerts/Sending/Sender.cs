using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Sends what stands in line. Each subscription has a line of its own and no more than four messages under way, so that a receiver that hangs keeps back nobody but itself. A message is
/// sent at least once: a node that dies while it sends leaves its claim, which runs out, and the id of the message tells the receiver that it had it before.</summary>
internal sealed class Sender(
    NpgsqlDataSource source, Outbox outbox, AlertFeed feed, Subscriptions subscriptions, SubscriberSight sight, Deliveries deliveries, DeliveryNotes notes, IEnumerable<IChannel> channels,
    AlertTable alerts, AlertLinks links, RuleBook rules, Notifications notifications, TimeProvider time, ILogger<Sender> log) : BackgroundService
{
    private const int AtOnce = 4;
    private const int ClaimedAtOnce = 40;

    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(20);

    private static readonly ResiliencePipeline Waiting = new ResiliencePipelineBuilder().AddTimeout(Patience).Build();

    private static readonly string Reminded = EventCatalogue.Kind<AlertReminded>().Alias;
    private static readonly string[] Told = [EventCatalogue.Kind<AlertRaised>().Alias, EventCatalogue.Kind<AlertStageReached>().Alias];

    private readonly Dictionary<Guid, Task> lines = new();
    private readonly ConcurrentDictionary<Guid, ResiliencePipeline<Attempt>> pipelines = new();

    /// <summary>Every way of sending.</summary>
    public IEnumerable<IChannel> Channels => channels;

    /// <summary>A channel by name; nothing when there is none.</summary>
    public IChannel? Channel(string name) => channels.FirstOrDefault(c => c.Name == name);

    /// <summary>Sends a test message now, past the line.</summary>
    public async Task<Attempt> TestAsync(Subscription s, CancellationToken ct)
    {
        var notice = new Notice($"msg_{s.Id:N}_test_{Guid.NewGuid():N}", "test", null, "Test", time.GetUtcNow(), links.Alerts);
        if (Channel(s.Channel) is not { WhyOff: null } channel)
        {
            return new Attempt(false, "channel_off");
        }

        try
        {
            return await OnceAsync(channel, s, notice, ct);
        }
        catch (BrokenCircuitException)
        {
            return new Attempt(false, "left_alone_for_a_while");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var since = notifications.Count;
                var sleep = await StartLinesAsync(stoppingToken);
                await notifications.WaitAsync(since, sleep, ct: stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LineFailed(e);
                await notifications.WaitAsync(TimeSpan.FromSeconds(1), ct: stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        await Task.WhenAll(lines.Values);
    }

    // Starts the lines in which something is due, and says when the next is.
    private async Task<TimeSpan> StartLinesAsync(CancellationToken ct)
    {
        var all = (await subscriptions.SendingAsync(ct)).Where(s => s.DisabledAt is null).ToList();
        if (all.Count == 0)
        {
            return LongestSleep;
        }

        var now = time.GetUtcNow();
        var sleep = LongestSleep;
        foreach (var (line, due) in await NextAsync([.. all.Select(SendingLine.LineOf)], ct))
        {
            if (due > now)
            {
                sleep = due - now < sleep ? due - now : sleep;
                continue;
            }

            var s = all.Single(s => SendingLine.LineOf(s) == line);
            if (!lines.TryGetValue(s.Id, out var running) || running.IsCompleted)
            {
                lines[s.Id] = Task.Run(() => RunSafelyAsync(s, ct), CancellationToken.None);
            }
        }

        return sleep < TimeSpan.FromMilliseconds(50) ? TimeSpan.FromMilliseconds(50) : sleep;
    }

    private async Task RunSafelyAsync(Subscription s, CancellationToken ct)
    {
        try
        {
            await RunAsync(s, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: what is claimed is free again once its claim runs out.
        }
        catch (Exception e)
        {
            log.LineFailed(e);
        }
    }

    private async Task<List<(string Line, DateTimeOffset Due)>> NextAsync(string[] which, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select c.channel, w.due_at from unnest($1) as c (channel)
            cross join lateral (
                select greatest(o.due_at, coalesce(o.claimed_until, o.due_at)) as due_at
                from practice.outbox o where o.channel = c.channel and o.sent_at is null order by greatest(o.due_at, coalesce(o.claimed_until, o.due_at)) limit 1) w
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
        var channel = Channel(s.Channel);
        while (channel is { WhyOff: null } && await subscriptions.FindAsync(s.Id, ct) is { DisabledAt: null } current)
        {
            var claims = await outbox.ClaimAsync(SendingLine.LineOf(s), time.GetUtcNow(), ClaimedAtOnce, Claim, ct);
            if (claims.Count == 0)
            {
                return;
            }

            var places = claims.ToDictionary(c => c.Id, c => JsonSerializer.Deserialize<SendingLine.Standing>(c.Payload)!.Position);
            var entries = (await feed.AtAsync([.. places.Values], ct)).ToDictionary(e => e.Position);
            var allowed = await sight.OfAsync(current, [.. await NewsAsync(channel, [.. entries.Values], ct)], ct);
            await Parallel.ForEachAsync(claims, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (claim, stop) =>
            {
                if (entries.GetValueOrDefault(places[claim.Id]) is { Alert: not null } entry && allowed.Contains(entry.Position))
                {
                    await DeliverAsync(channel, current, claim, entry, stop);
                }
                else
                {
                    await outbox.SentAsync([claim.Id], time.GetUtcNow(), stop);
                }
            });
        }
    }

    // A person is not told of what is over by now, or what somebody has taken on since: what waited for its turn may be old. A system is told everything, in order.
    private async Task<IEnumerable<FeedEntry>> NewsAsync(IChannel channel, IReadOnlyList<FeedEntry> entries, CancellationToken ct)
    {
        if (channel is Channels.Webhooks)
        {
            return entries;
        }

        var now = (await alerts.FindAsync([.. entries.Select(e => e.Alert?.Id).OfType<string>().Distinct()], ct)).ToDictionary(a => a.Id, StringComparer.Ordinal);
        return entries.Where(e => e.Alert is { } told && now.GetValueOrDefault(told.Id) is { IsLive: true } standing && (
            e.Kind == Reminded || (Told.Contains(e.Kind) && standing.Stage == told.Stage && !(standing.AcknowledgedAt >= e.At))));
    }

    private async Task DeliverAsync(IChannel channel, Subscription s, OutboxClaim claim, FeedEntry entry, CancellationToken ct)
    {
        var alert = entry.Alert!;
        var began = Stopwatch.GetTimestamp();
        Attempt attempt;
        try
        {
            attempt = await OnceAsync(channel, s, new Notice(claim.Key, entry.Kind, alert, AlertJson.Of(alert, rules).Title, entry.At, links.Alert(alert.Id)), ct);
        }
        catch (BrokenCircuitException)
        {
            // Not tried, so not counted: the receiver is left alone for a while after it has failed again and again.
            await outbox.PostponeAsync(claim.Id, time.GetUtcNow() + Rest, ct);
            return;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One message must not keep back those behind it, and what cannot be sent must be seen.
            log.LineFailed(e);
            attempt = new Attempt(false, "not_sent");
        }

        var now = time.GetUtcNow();
        var tries = claim.Attempts + 1;
        await deliveries.AddAsync(s.Id, new(claim.Key, entry.Position, tries, now, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, attempt.IsSent, attempt.Code), ct);
        if (attempt.IsSent)
        {
            await outbox.SentAsync([claim.Id], now, ct);
            await notes.SentAsync(s, alert.Id, now, ct);
            return;
        }

        var wait = attempt.IsGone ? null : RetryLadder.After(tries, attempt.RetryAfter, Random.Shared.NextDouble());
        await outbox.FailedAsync(claim.Id, attempt.Code, now + (wait ?? TimeSpan.FromDays(36500)), ct);
        if (tries == 1 || wait is null)
        {
            await notes.FailedAsync(s, alert.Id, attempt.Code, now, ct);
        }

        if (wait is null)
        {
            await subscriptions.DisableAsync(s.Id, attempt.IsGone ? "The receiver said that it wants nothing any more (410)." : $"It could not be delivered in {tries} attempts over more than three days, the last time: {attempt.Code}.", now, ct);
            log.SubscriptionDisabled(s.Id, s.Channel, attempt.Code);
        }
    }

    private async Task<Attempt> OnceAsync(IChannel channel, Subscription s, Notice notice, CancellationToken ct)
    {
        // How long to leave a receiver alone goes by the service's clock, how long to wait for an answer by the clock of the world.
        var pipeline = pipelines.GetOrAdd(s.Id, _ => new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
            {
                ShouldHandle = static o => ValueTask.FromResult(o.Outcome.Exception is TimeoutRejectedException || o.Outcome.Result is { IsSent: false }),
                FailureRatio = 0.9,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(60),
                BreakDuration = Rest,
            })
            .AddPipeline(Waiting)
            .Build());
        try
        {
            return await pipeline.ExecuteAsync(async stop => await channel.SendAsync(s, notice, stop), ct);
        }
        catch (TimeoutRejectedException)
        {
            return new Attempt(false, "timeout");
        }
    }
}
