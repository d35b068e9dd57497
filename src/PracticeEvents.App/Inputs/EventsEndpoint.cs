using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PracticeEvents.Domain;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>What became of one event of a request.</summary>
/// <param name="Id">Its CloudEvents id, when it has one.</param>
/// <param name="Status"><c>accepted</c>, <c>duplicate</c> or <c>quarantined</c>.</param>
/// <param name="Position">Its place in the order of everything.</param>
/// <param name="Reason">Why it waits for a person.</param>
/// <param name="Inbox">Its row in the inbox.</param>
internal sealed record EventResult(string? Id, string Status, long? Position, string? Reason, long? Inbox);

/// <summary>What became of each event of a request, in the order sent.</summary>
internal sealed record EventResults(IReadOnlyList<EventResult> Results);

/// <summary>What may be sent at once.</summary>
/// <param name="MaxBytes">Largest request, in bytes.</param>
/// <param name="MaxEvents">Most events in a batch.</param>
/// <param name="MaxEventBytes">Largest event, in bytes.</param>
internal sealed record PublishedLimits(int MaxBytes, int MaxEvents, int MaxEventBytes);

/// <summary><c>/events</c>: CloudEvents in, and the handshake of the CloudEvents webhook profile.</summary>
internal static class EventsEndpoint
{
    /// <summary>The inbox's name for what came in here.</summary>
    public const string Format = "cloudevents";

    /// <summary>Maps the address.</summary>
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/events").AddEndpointFilter(Answers.WhenTheStoreIsAway).WithTags("Inbound");
        events.MapPost("", PostAsync).WithName("SendEvents").WithSummary("Send practice events as CloudEvents 1.0")
            .WithDescription($"Structured, binary or batch mode. {CloudEvents.Limits} Each event has its own result; one bad event never fails its neighbours.")
            .Produces<EventResults>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        events.MapMethods("", [HttpMethods.Options], Handshake).WithName("EventsHandshake").WithSummary("CloudEvents webhook handshake; tells the limits");
    }

    private static async Task<IResult> PostAsync(HttpContext http, InboundGate gate, EventStore store)
    {
        var (request, refusal) = await gate.EnterAsync(http);
        if (request is null)
        {
            return refusal!;
        }

        var headers = http.Request.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()));
        var body = CloudEvents.Read(http.Request.ContentType, headers, request.Body, London.DateOf(request.ReceivedAt));
        if (body.Fault is { } fault)
        {
            return await TurnAwayAsync(fault, request, store, http.RequestAborted);
        }

        var events = await CorrectionCheck.ApplyAsync(body.Events, store, London.DateOf(request.ReceivedAt), http.RequestAborted);
        var receipts = await store.ReceiveAsync([.. events.Select(e => ToDelivery(e, request.Sender, request.ReceivedAt))], http.RequestAborted);
        return TypedResults.Accepted((string?)null, new EventResults([.. events.Zip(receipts, Result)]));
    }

    /// <summary>One event as the store receives it.</summary>
    public static Delivery ToDelivery(CloudEventRead e, string sender, DateTimeOffset receivedAt) => new(sender, Format, e.Id, e.Raw, receivedAt)
    {
        Events = e.Event is { } incoming ? [incoming.ToNewEvent(receivedAt, sender)] : [],
        Refusal = e.Refusal,
    };

    private static EventResult Result(CloudEventRead e, Receipt receipt) => new(
        e.Id,
        receipt.Fate.ToString().ToLowerInvariant(),
        receipt.Events is [{ Position: > 0 } appended] ? appended.Position : null,
        receipt.Reason,
        receipt.Fate is Fate.Quarantined ? receipt.InboxId : null);

    // What came is kept before it is answered, save what is of no known kind or too large to keep.
    private static async Task<IResult> TurnAwayAsync(BodyFault fault, InboundRequest request, EventStore store, CancellationToken ct)
    {
        if (fault.Status != StatusCodes.Status400BadRequest)
        {
            return Answers.Problem(fault.Status, fault.Why);
        }

        var receipts = await store.ReceiveAsync([new Delivery(request.Sender, Format, null, request.Body, request.ReceivedAt) { Refusal = fault.Why }], ct);
        return Answers.Problem(fault.Status, fault.Why, ("inbox", receipts[0].InboxId));
    }

    private static Ok<PublishedLimits> Handshake(HttpContext http, SenderLimits limits)
    {
        var answer = http.Response.Headers;
        answer.Allow = "POST, OPTIONS";
        if (http.Request.Headers["WebHook-Request-Origin"] is [{ Length: > 0 } origin, ..])
        {
            answer["WebHook-Allowed-Origin"] = origin;
            answer["WebHook-Allowed-Rate"] = limits.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.Ok(new PublishedLimits(CloudEvents.MostBytes, CloudEvents.MostEvents, CloudEvents.MostEventBytes));
    }
}
