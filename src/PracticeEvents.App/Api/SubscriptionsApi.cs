using System.Security.Claims;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Api;

/// <summary>A subscription. <c>Token</c> and <c>Secret</c> are shown once, when it is made.</summary>
internal sealed record SubscriptionJson(
    Guid Id, string Channel, string Scope, IReadOnlyList<AlertStage> Stages, TimesAsked Times, string? Address,
    DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, string? DisabledBecause,
    string? Token = null, string? Secret = null, IReadOnlyList<Uri>? Feeds = null)
{
    /// <summary>A subscription without what is secret.</summary>
    public static SubscriptionJson Of(Subscription s) => new(s.Id, s.Channel, s.Scope, s.Stages, TimesAsked.Of(s.Times), s.Address, s.CreatedAt, s.DisabledAt, s.DisabledBecause);
}

/// <summary>What of the past to send again: places on the feed, both ends included.</summary>
internal sealed record ReplayJson(long From, long To);

/// <summary><c>/api/subscriptions</c>: what reaches me outside these pages, and how.</summary>
internal static class SubscriptionsApi
{
    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions");
        subscriptions.MapGet("", ListAsync).WithName("ListSubscriptions").WithSummary("What is sent to me, and how").Produces<IReadOnlyList<SubscriptionJson>>();
        subscriptions.MapPost("", AddAsync).WithName("Subscribe").WithSummary("Ask to be sent alerts, or for a feed. Token and secret are shown once.")
            .Produces<SubscriptionJson>(201).ProducesProblem(400);
        subscriptions.MapPost("/preview", PreviewAsync).WithName("PreviewSubscription")
            .WithSummary("What I would have been sent today; nothing is kept").Produces<Previewed>().ProducesProblem(400);
        subscriptions.MapPut("/{id:guid}/times", (Guid id, TimesAsked times, ClaimsPrincipal user, SubscriptionDesk desk, CancellationToken ct) =>
                OwnAsync(id, user, desk, async s => await desk.SetTimesAsync(s, times, ct) is { } wrong
                    ? Results.Problem(wrong, statusCode: 400, title: "Not kept")
                    : Results.Json(TimesAsked.Of((await desk.FindAsync(user, id, ct))!.Times), ApiJson.Options), ct))
            .WithName("SetTimes")
            .WithSummary("When it is sent: straight away or once a day, and quiet hours. They replace all that were.")
            .Produces<TimesAsked>().ProducesProblem(400).ProducesProblem(404);
        subscriptions.MapDelete("/{id:guid}", (Guid id, ClaimsPrincipal user, SubscriptionDesk desk, CancellationToken ct) => OwnAsync(id, user, desk, async s =>
        {
            await desk.RevokeAsync(s, ct);
            return Results.NoContent();
        }, ct)).WithName("Unsubscribe").WithSummary("Revoke: nothing is sent any more, and a feed's address no longer answers").Produces(204).ProducesProblem(404);
        subscriptions.MapPost("/{id:guid}/test", (Guid id, ClaimsPrincipal user, SubscriptionDesk desk, CancellationToken ct) => OwnAsync(id, user, desk, async s =>
                await desk.TestAsync(s, ct) is { } attempt ? Results.Json(attempt, ApiJson.Options) : Unfit("A feed is fetched: there is nothing to send a test to."), ct))
            .WithName("TestSubscription").WithSummary("Send me a test message now, and say what became of it").Produces<Attempt>().ProducesProblem(404).ProducesProblem(409);
        subscriptions.MapPost("/{id:guid}/rotate", (Guid id, ClaimsPrincipal user, SubscriptionDesk desk, CancellationToken ct) => OwnAsync(id, user, desk, async s =>
                await desk.RotateAsync(s, ct) is { } secret ? Results.Json(SubscriptionJson.Of(s) with { Secret = secret }, ApiJson.Options)
                    : Unfit("Only a webhook is signed: this subscription has no secret."), ct))
            .WithName("RotateSecret").WithSummary("A new secret; the one before signs too for a day").Produces<SubscriptionJson>().ProducesProblem(404).ProducesProblem(409);
        subscriptions.MapPost("/{id:guid}/resume", (Guid id, ClaimsPrincipal user, SubscriptionDesk desk, CancellationToken ct) => OwnAsync(id, user, desk, async s =>
        {
            return await desk.ResumeAsync(s, ct) is { } why ? Results.Problem(why, statusCode: 409, title: "Cannot be done") : Results.NoContent();
        }, ct)).WithName("ResumeSubscription").WithSummary("Turn on again what was turned off after failures; what waited is sent").Produces(204).ProducesProblem(404);
        subscriptions.MapGet(
            "/{id:guid}/deliveries",
            (Guid id, ClaimsPrincipal user, SubscriptionDesk desk, Deliveries log, HttpRequest request, CancellationToken ct, bool failed = false) =>
                OwnAsync(id, user, desk, async s => Answer.List(request, await log.LastAsync(s.Id, 1000, failed, ct), "deliveries"), ct))
            .WithName("ListDeliveries").WithSummary("The last thousand attempts, the newest first").Produces<IReadOnlyList<DeliveryRow>>().ProducesProblem(404);
        subscriptions.MapPost(
            "/{id:guid}/replay",
            (Guid id, ReplayJson range, ClaimsPrincipal user, SubscriptionDesk desk, Deliveries log, TimeProvider time, CancellationToken ct) =>
                OwnAsync(id, user, desk, async s => Results.Json(new { again = await log.ReplayAsync(s, range.From, range.To, time.GetUtcNow(), ct) }, ApiJson.Options), ct))
            .WithName("ReplayDeliveries").WithSummary("Send what was said between two places of the feed again, with the same ids").Produces(200).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ClaimsPrincipal user, SubscriptionDesk desk, CancellationToken ct) =>
        Answer.List(request, [.. (await desk.OwnAsync(user, ct)).Select(SubscriptionJson.Of)], "subscriptions");

    private static async Task<IResult> AddAsync(NewSubscription asked, ClaimsPrincipal user, SubscriptionDesk desk, AlertLinks links, CancellationToken ct)
    {
        var (made, wrong) = await desk.AddAsync(user, asked, ct);
        return made is null ? Results.Problem(wrong, statusCode: 400, title: "Cannot be used")
            : Results.Json(
                SubscriptionJson.Of(made.Subscription) with { Token = made.Token, Secret = made.Secret, Feeds = made.Token is { } token ? links.Feeds(token) : null },
                ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> PreviewAsync(NewSubscription asked, ClaimsPrincipal user, SubscriptionDesk desk, CancellationToken ct)
    {
        var (would, wrong) = await desk.PreviewAsync(user, asked, ct);
        return would is null ? Results.Problem(wrong, statusCode: 400, title: "Cannot be used") : Results.Json(would, ApiJson.Options);
    }

    private static IResult Unfit(string why) => Results.Problem(why, statusCode: 409, title: "Cannot be done");

    // Another's is as if it were not there.
    private static async Task<IResult> OwnAsync(Guid id, ClaimsPrincipal user, SubscriptionDesk desk, Func<Subscription, Task<IResult>> then, CancellationToken ct) =>
        await desk.FindAsync(user, id, ct) is { } s ? await then(s) : Results.Problem($"You have no subscription {id}.", statusCode: 404, title: "Not found");
}
