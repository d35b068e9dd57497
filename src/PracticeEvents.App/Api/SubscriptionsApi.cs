using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Api;

/// <summary>What somebody asks to be sent.</summary>
/// <param name="Channel"><c>feed</c>, or the name of a channel that sends.</param>
/// <param name="Scope"><c>me</c>, <c>team</c>, <c>service</c>, <c>watching</c> or <c>all</c>; <c>me</c> when not given.</param>
/// <param name="Stages">Only these stages; every one when not given.</param>
/// <param name="Address">Where it goes; none for a feed.</param>
internal sealed record NewSubscriptionJson(string Channel, string? Scope, IReadOnlyList<AlertStage>? Stages, string? Address);

/// <summary>A subscription. <c>Token</c> and <c>Secret</c> are shown once, when it is made.</summary>
internal sealed record SubscriptionJson(
    Guid Id, string Channel, string Scope, IReadOnlyList<AlertStage> Stages, string? Address, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, string? DisabledBecause,
    string? Token = null, string? Secret = null, IReadOnlyList<Uri>? Feeds = null)
{
    /// <summary>A subscription without what is secret.</summary>
    public static SubscriptionJson Of(Subscription s) => new(s.Id, s.Channel, s.Scope, s.Stages, s.Address, s.CreatedAt, s.DisabledAt, s.DisabledBecause);
}

/// <summary>What of the past to send again: places on the feed, both ends included.</summary>
internal sealed record ReplayJson(long From, long To);

/// <summary><c>/api/subscriptions</c>: what reaches me outside these pages, and how. Everyone has their own; nobody sees another's.</summary>
internal static class SubscriptionsApi
{
    private const int Most = 20;
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);
    private static readonly string[] Endings = ["atom", "json", "ics"];
    private static readonly string[] Scopes = ["me", "team", "service", "watching", "all"];

    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions");
        subscriptions.MapGet("", ListAsync).WithName("ListSubscriptions").WithSummary("What is sent to me, and how").Produces<IReadOnlyList<SubscriptionJson>>();
        subscriptions.MapPost("", AddAsync).WithName("Subscribe").WithSummary("Ask to be sent alerts, or for a feed. Token and secret are shown once.")
            .Produces<SubscriptionJson>(201).ProducesProblem(400).ProducesProblem(409);
        subscriptions.MapDelete("/{id:guid}", (Guid id, ClaimsPrincipal user, Subscriptions all, TimeProvider time, CancellationToken ct) =>
            OwnAsync(id, user, all, async s =>
            {
                await all.RevokeAsync(s.Id, time.GetUtcNow(), ct);
                return Results.NoContent();
            }, ct)).WithName("Unsubscribe").WithSummary("Revoke: nothing is sent any more, and a feed's address no longer answers").Produces(204).ProducesProblem(404);
        subscriptions.MapPost("/{id:guid}/test", (Guid id, ClaimsPrincipal user, Subscriptions all, Sender sender, CancellationToken ct) =>
            OwnAsync(id, user, all, async s => s.Channel == Subscription.Feed ? Unfit() : Results.Json(await sender.TestAsync(s, ct), ApiJson.Options), ct))
            .WithName("TestSubscription").WithSummary("Send me a test message now, and say what became of it").Produces<Attempt>().ProducesProblem(404).ProducesProblem(409);
        subscriptions.MapPost("/{id:guid}/rotate", (Guid id, ClaimsPrincipal user, Subscriptions all, TimeProvider time, CancellationToken ct) =>
            OwnAsync(id, user, all, async s => s.Secrets.Count == 0 ? Unfit()
                : Results.Json(SubscriptionJson.Of(s) with { Secret = await all.RotateAsync(s, Overlap, time.GetUtcNow(), ct) }, ApiJson.Options), ct))
            .WithName("RotateSecret").WithSummary("A new secret; the one before signs too for a day").Produces<SubscriptionJson>().ProducesProblem(404).ProducesProblem(409);
        subscriptions.MapPost("/{id:guid}/resume", (Guid id, ClaimsPrincipal user, Subscriptions all, TimeProvider time, CancellationToken ct) =>
            OwnAsync(id, user, all, async s =>
            {
                await all.EnableAsync(s.Id, time.GetUtcNow(), ct);
                return Results.NoContent();
            }, ct)).WithName("ResumeSubscription").WithSummary("Turn on again what was turned off after failures; what waited is sent").Produces(204).ProducesProblem(404);
        subscriptions.MapGet("/{id:guid}/deliveries", (Guid id, ClaimsPrincipal user, Subscriptions all, Deliveries log, HttpRequest request, CancellationToken ct, bool failed = false) =>
            OwnAsync(id, user, all, async s => Answer.List(request, await log.LastAsync(s.Id, 1000, failed, ct), "deliveries"), ct))
            .WithName("ListDeliveries").WithSummary("The last thousand attempts, the newest first").Produces<IReadOnlyList<DeliveryRow>>().ProducesProblem(404);
        subscriptions.MapPost("/{id:guid}/replay", (Guid id, ReplayJson range, ClaimsPrincipal user, Subscriptions all, Deliveries log, TimeProvider time, CancellationToken ct) =>
            OwnAsync(id, user, all, async s => Results.Json(new { again = await log.ReplayAsync(s, range.From, range.To, time.GetUtcNow(), ct) }, ApiJson.Options), ct))
            .WithName("ReplayDeliveries").WithSummary("Send what was said between two places of the feed again, with the same ids").Produces(200).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ClaimsPrincipal user, Subscriptions all, CancellationToken ct) =>
        Answer.List(request, [.. (await all.OfAsync(user.Identity!.Name!, ct)).Select(SubscriptionJson.Of)], "subscriptions");

    private static async Task<IResult> AddAsync(NewSubscriptionJson asked, ClaimsPrincipal user, Subscriptions all, Sender sender, AlertLinks links, TimeProvider time, CancellationToken ct)
    {
        var channel = sender.Channel(asked.Channel);
        if (Wrong(asked, channel, sender) is { } wrong)
        {
            return Results.Problem(wrong, statusCode: 400, title: "Cannot be used");
        }

        if ((await all.OfAsync(user.Identity!.Name!, ct)).Count >= Most)
        {
            return Results.Problem($"You have {Most} subscriptions. Delete one that is no longer needed.", statusCode: 409, title: "Too many");
        }

        var now = time.GetUtcNow();
        IReadOnlyList<SourceSecret> secrets = asked.Channel == "webhook" ? [new SourceSecret(StandardWebhooks.NewSecret(), now, null)] : [];
        var made = new Subscription(
            Guid.NewGuid(), user.Identity!.Name!, [.. user.FindAll(ClaimTypes.Role).Select(c => Roles.Parse(c.Value)).OfType<Role>().Distinct()], asked.Channel, asked.Scope ?? "me",
            [.. (asked.Stages ?? []).Distinct()], asked.Address, secrets, now, null, null);
        var token = await all.AddAsync(made, ct);
        var answer = SubscriptionJson.Of(made) with
        {
            Token = token,
            Secret = secrets.Count == 0 ? null : secrets[0].Value,
            Feeds = token is null ? null : [.. Endings.Select(ending => links.Feed(token, ending))],
        };
        return Results.Json(answer, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static string? Wrong(NewSubscriptionJson asked, IChannel? channel, Sender sender) =>
        asked.Channel != Subscription.Feed && channel is null ? $"channel must be feed or one of {string.Join(", ", sender.Channels.Select(c => c.Name))}."
        : asked.Scope is { } scope && !Scopes.Contains(scope) ? $"scope must be one of {string.Join(", ", Scopes)}."
        : channel?.WhyOff is { } off ? off
        : channel is null && asked.Address is not null ? "A feed is fetched, and has no address to send to."
        : channel is not null && (asked.Address is null || !channel.Takes(asked.Address)) ? $"address must be {channel.AddressIs}."
        : null;

    private static IResult Unfit() => Results.Problem("This subscription has nothing of the kind.", statusCode: 409, title: "Cannot be done");

    // Another's is as if it were not there.
    private static async Task<IResult> OwnAsync(Guid id, ClaimsPrincipal user, Subscriptions all, Func<Subscription, Task<IResult>> then, CancellationToken ct) =>
        await all.FindAsync(id, ct) is { } s && s.Worker == user.Identity!.Name ? await then(s)
        : Results.Problem($"You have no subscription {id}.", statusCode: 404, title: "Not found");
}
