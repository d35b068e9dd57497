using System.Security.Claims;
using System.Text.Json.Serialization;
using PracticeEvents.App.Access;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>What somebody asks to be sent.</summary>
/// <param name="Channel"><c>feed</c>, or the name of a channel that sends.</param>
/// <param name="Scope"><c>me</c>, <c>team</c>, <c>service</c>, <c>watching</c> or <c>all</c>; <c>me</c> when not given.</param>
/// <param name="Stages">Only these stages; every one when not given.</param>
/// <param name="Address">Where it goes; none for a feed.</param>
/// <param name="Times">When, for a channel that people read; straight away when not given.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewSubscription(string Channel, string? Scope, IReadOnlyList<AlertStage>? Stages, string? Address, TimesAsked? Times = null);

/// <summary>A subscription that was made, with what is shown once.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="Token">Token of a feed.</param>
/// <param name="Secret">Secret that messages are signed with.</param>
internal sealed record MadeSubscription(Subscription Subscription, string? Token, string? Secret);

/// <summary>Where people say what is to be sent to them. Everyone has their own; nobody sees another's.</summary>
internal sealed class SubscriptionDesk(Subscriptions all, Delivering sender, AnotherWay another, Preview preview, TimeProvider time)
{
    /// <summary>The most subscriptions of one person.</summary>
    public const int Most = 20;

    /// <summary>How long the secret before a new one is still live.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private const string OnlyPeople = "Only what people read has times: a system is sent everything as it comes, and a feed is fetched.";

    /// <summary>The channels that can send here.</summary>
    public IEnumerable<IChannel> On => sender.Channels.Where(c => c.WhyOff is null);

    /// <summary>The reader's own.</summary>
    public Task<IReadOnlyList<Subscription>> OwnAsync(ClaimsPrincipal user, CancellationToken ct) => all.OfAsync(user.Identity!.Name!, ct);

    /// <summary>One of the reader's own; nothing when it is another's or not there.</summary>
    public async Task<Subscription?> FindAsync(ClaimsPrincipal user, Guid id, CancellationToken ct) =>
        await all.FindAsync(id, ct) is { } s && s.Worker == user.Identity!.Name ? s : null;

    /// <summary>Makes a subscription, or says in a sentence why not.</summary>
    public async Task<(MadeSubscription? Made, string? Wrong)> AddAsync(ClaimsPrincipal user, NewSubscription asked, CancellationToken ct)
    {
        var times = SendingTimes.AtOnce;
        if ((asked.Times?.TryRead(out times) ?? Wrong(asked)) is { } wrong)
        {
            return (null, wrong);
        }

        if ((await OwnAsync(user, ct)).Count >= Most)
        {
            return (null, $"You have {Most} subscriptions. Delete one that is no longer needed.");
        }

        var now = time.GetUtcNow();
        IReadOnlyList<SourceSecret> secrets = asked.Channel == "webhook" ? [new SourceSecret(StandardWebhooks.NewSecret(), now, null)] : [];
        var made = new Subscription(
            Guid.NewGuid(), user.Identity!.Name!, Roles.Of(user), asked.Channel, asked.Scope ?? "me",
            [.. (asked.Stages ?? []).Distinct()], times, asked.Address, secrets, now, null, null);
        return (new MadeSubscription(made, await all.AddAsync(made, ct), secrets.Count == 0 ? null : secrets[0].Value), null);
    }

    /// <summary>Has one sent at other times from now on, or says in a sentence why not.</summary>
    public async Task<string?> SetTimesAsync(Subscription s, TimesAsked asked, CancellationToken ct)
    {
        if (!IsForPeople(s.Channel))
        {
            return OnlyPeople;
        }

        if (asked.TryRead(out var times) is { } wrong)
        {
            return wrong;
        }

        await all.SetTimesAsync(s.Id, times, time.GetUtcNow(), ct);
        return null;
    }

    /// <summary>What the reader would have been sent today, or in a sentence why that cannot be said.</summary>
    public async Task<(Previewed? Would, string? Wrong)> PreviewAsync(ClaimsPrincipal user, NewSubscription asked, CancellationToken ct)
    {
        var times = SendingTimes.AtOnce;
        var wrong = !IsForPeople(asked.Channel)
            ? "A preview is of what people read: a system is sent everything as it comes, and a feed is fetched."
            : asked.Times?.TryRead(out times) ?? WrongScope(asked);
        return wrong is null ? (await preview.OfAsync(user, asked.Scope, asked.Stages, times, ct), null) : (null, wrong);
    }

    /// <summary>True for a channel that people read.</summary>
    public bool IsForPeople(string channel) => sender.Channel(channel)?.IsForPeople is true;

    /// <summary>Revokes: nothing is sent any more, and a feed's address no longer answers.</summary>
    public async Task RevokeAsync(Subscription s, CancellationToken ct)
    {
        // What waits in it for its hour is not lost with it.
        await another.TellAsync(s, isDeleted: true, time.GetUtcNow(), ct);
        await all.RevokeAsync(s.Id, time.GetUtcNow(), ct);
    }

    /// <summary>Turns on again what was turned off after failures; what waited is sent.</summary>
    /// <returns>In a sentence why that cannot be done; nothing when it was.</returns>
    public async Task<string?> ResumeAsync(Subscription s, CancellationToken ct)
    {
        if (s.Channel != Subscription.Feed && sender.Channel(s.Channel) is not { WhyOff: null })
        {
            return sender.Channel(s.Channel)?.WhyOff ?? $"There is no channel {s.Channel} any more.";
        }

        await all.EnableAsync(s.Id, time.GetUtcNow(), ct);
        return null;
    }

    /// <summary>A new secret; nothing for a subscription that signs nothing.</summary>
    public async Task<string?> RotateAsync(Subscription s, CancellationToken ct) => s.Secrets.Count == 0 ? null : await all.RotateAsync(s, Overlap, time.GetUtcNow(), ct);

    /// <summary>Sends a test message now; nothing for a feed, which is fetched.</summary>
    public async Task<Attempt?> TestAsync(Subscription s, CancellationToken ct) => s.Channel == Subscription.Feed ? null : await sender.TestAsync(s, ct);

    private string? Wrong(NewSubscription asked)
    {
        var channel = sender.Channel(asked.Channel);
        return asked.Channel != Subscription.Feed && channel is null ? $"channel must be feed or one of {string.Join(", ", sender.Channels.Select(c => c.Name))}."
            : WrongScope(asked) is { } wrong ? wrong
            : channel?.WhyOff is { } off ? off
            : asked.Times is not null && channel is not { IsForPeople: true } ? OnlyPeople
            : channel is null && asked.Address is not null ? "A feed is fetched, and has no address to send to."
            : channel is not null && (asked.Address is null || asked.Address.Any(char.IsControl) || !channel.Takes(asked.Address)) ? $"address must be {channel.AddressIs}."
            : null;
    }

    private static string? WrongScope(NewSubscription asked) => asked.Scope is { } scope && !AlertScope.All.Contains(scope)
        ? $"scope must be one of {string.Join(", ", AlertScope.All)}."
        : null;
}
