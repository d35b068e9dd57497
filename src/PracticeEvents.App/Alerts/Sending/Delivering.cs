using System.Collections.Concurrent;
using System.Diagnostics;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Delivers one message: tries, keeps what became of it, and says when to try again. A receiver that fails again and again is left alone for
/// a while; one that could not be reached for days is turned off.</summary>
internal sealed class Delivering(
    Outbox outbox, Subscriptions subscriptions, Deliveries deliveries, DeliveryNotes notes, AnotherWay another,
    IEnumerable<IChannel> channels, AlertLinks links, RuleBook rules, TimeProvider time, ILogger<Delivering> log)
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // After so many attempts, some three quarters of an hour, another way of the person's is tried as well.
    private const int Patient = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Never = TimeSpan.FromDays(36500);

    private static readonly ResiliencePipeline Waiting = new ResiliencePipelineBuilder().AddTimeout(Patience).Build();

    private readonly ConcurrentDictionary<Guid, ResiliencePipeline<Attempt>> pipelines = new();

    /// <summary>Every way of sending.</summary>
    public IEnumerable<IChannel> Channels => channels;

    /// <summary>A channel by name; nothing when there is none.</summary>
    public IChannel? Channel(string name) => channels.FirstOrDefault(c => c.Name == name);

    /// <summary>Sends a test message now, past the line.</summary>
    public async Task<Attempt> TestAsync(Subscription s, CancellationToken ct)
    {
        var notice = new Notice($"msg_{s.Id:N}_test_{Guid.NewGuid():N}", [], time.GetUtcNow(), links.Alerts);
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

    /// <summary>Delivers a message, or has it stand in line until it is to be tried again.</summary>
    public async Task DeliverAsync(IChannel channel, Subscription s, Message message, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        Attempt attempt;
        try
        {
            attempt = await OnceAsync(channel, s, message.Notice, ct);
        }
        catch (BrokenCircuitException)
        {
            // Not tried, so not counted.
            await outbox.PostponeAsync(message.Claims, time.GetUtcNow() + Rest, ct);
            return;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One message must not keep back those behind it, and what cannot be sent must be seen.
            log.LineFailed(e);
            attempt = new Attempt(false, "not_sent");
        }

        var now = time.GetUtcNow();
        if (attempt.IsSent)
        {
            // First of all: what was taken must not be sent again because the rest was cut off.
            await outbox.SentAsync([.. message.Claims.Select(c => c.Id)], now, CancellationToken.None);
        }

        var last = message.Claims.MaxBy(c => Standing.Of(c).Position)!;
        await deliveries.AddAsync(
            s.Id,
            new(
                message.Notice.Id, Standing.Of(last).Position, last.Attempts + 1, now, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds,
                attempt.IsSent, attempt.Code),
            ct);
        if (!attempt.IsSent)
        {
            await FailedAsync(s, message, attempt, now, ct);
            return;
        }

        foreach (var item in message.Notice.Items.Take(Notice.Most))
        {
            await notes.SentAsync(s, item.Alert.Id, now, ct);
        }
    }

    private async Task FailedAsync(Subscription s, Message message, Attempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        // All of a message were tried as often.
        var tries = message.Claims[0].Attempts + 1;
        var wait = attempt.IsGone ? null : RetryLadder.After(tries, attempt.RetryAfter, Random.Shared.NextDouble());
        var again = now + (wait ?? Never);
        if (wait is not null && !message.Notice.Items.Any(i => Urgency.MustNotWait(i.Alert.Stage, i.Alert.Rule, rules)))
        {
            again = s.Times.Again(message.Notice.Items.Select(i => i.Alert.Stage), again);
        }

        try
        {
            await TellOfFailureAsync(s, message, attempt, tries, isLast: wait is null, now, ct);
        }
        finally
        {
            // Last of all: a node that dies before leaves its claims, which run out, so that the attempt is made again and what follows from it is not left out.
            await outbox.FailedAsync(message.Claims, attempt.Code, again, CancellationToken.None);
        }
    }

    // In the alert's story, by another way, and to the owner when nothing is sent any more.
    private async Task TellOfFailureAsync(Subscription s, Message message, Attempt attempt, int tries, bool isLast, DateTimeOffset now, CancellationToken ct)
    {
        if (tries == 1 || isLast)
        {
            foreach (var item in message.Notice.Items.Take(Notice.Most))
            {
                await notes.FailedAsync(s, item.Alert.Id, attempt.Code, now, ct);
            }
        }

        if (tries == Patient)
        {
            await another.TellAsync(s, isDeleted: false, now, ct);
        }

        // A message that alone is refused, while others arrive, is given up by itself.
        if (isLast && (attempt.IsGone || !await deliveries.AnySentSinceAsync(s, now - RetryLadder.Length, ct)))
        {
            await subscriptions.DisableAsync(
                s.Id,
                attempt.IsGone
                    ? "The receiver said that it wants nothing any more (410)."
                    : $"It could not be delivered in {tries} attempts over more than three days, the last time: {attempt.Code}.",
                now,
                ct);
            log.SubscriptionDisabled(s.Id, s.Channel, attempt.Code);
            await another.TellAsync(s, isDeleted: false, now, ct);
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
