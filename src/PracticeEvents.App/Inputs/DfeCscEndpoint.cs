using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Keeps display labels in the erasable table. The composition root says how; without one, labels are dropped.</summary>
internal delegate Task KeepLabels(IReadOnlyList<ChildLabel> labels, CancellationToken ct);

/// <summary>
/// <c>/children_social_care_data/{la_code}/children</c>: takes what councils' senders push daily to the DfE, as their sender expects it: 200 with one
/// receipt for each child, or the whole batch refused.
/// </summary>
internal static class DfeCscEndpoint
{
    private const int MostReasons = 100;

    /// <summary>Maps the address.</summary>
    public static void MapDfeCsc(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/children_social_care_data/{la_code:int:range(0,999)}/children", PostAsync)
            .AddEndpointFilter(Answers.WhenTheStoreIsAway).WithTags("Inbound").WithName("SendDfeChildren")
            .WithSummary("Send children as the DfE children's social care data API 1.0.1 describes them")
            .WithDescription(
                $"A JSON array of at most {DfeCscSchema.MostChildren} children, whole or only what changed. "
                + "Dates that cannot have happened are kept for a person; the rest of the child is taken.")
            .Produces<string[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PostAsync(HttpContext http, InboundGate gate, EventStore store)
    {
        var (request, refusal) = await gate.EnterAsync(http);
        if (request is null)
        {
            return refusal!;
        }

        var laCode = int.Parse((string)http.Request.RouteValues["la_code"]!, CultureInfo.InvariantCulture).ToString("000", CultureInfo.InvariantCulture);
        if (JsonBytes.Read(request.Body, out var why) is not { } body)
        {
            return await UnreadableAsync(request, why, store, http.RequestAborted);
        }

        if (body.ValueKind != JsonValueKind.Array)
        {
            return await UnreadableAsync(request, "The body is not a JSON array of children.", store, http.RequestAborted);
        }

        if (body.GetArrayLength() > DfeCscSchema.MostChildren)
        {
            return Answers.Problem(StatusCodes.Status413PayloadTooLarge, $"At most {DfeCscSchema.MostChildren} children are taken in a request.");
        }

        var children = body.EnumerateArray().ToList();
        var faults = children.Select(DfeCscSchema.Check).ToList();
        return faults.Any(f => f.Count > 0)
            ? await RefuseAsync(request, laCode, children, faults, store, http.RequestAborted)
            : await TakeAsync(http, request, laCode, children, store);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, InboundRequest request, string laCode, List<JsonElement> children, EventStore store)
    {
        var (deliveries, labels) = await DfeCscIntake.ReadAsync(request.Sender, laCode, children, store, request.ReceivedAt, http.RequestAborted);
        await store.ReceiveAsync(deliveries, http.RequestAborted);
        if (labels.Count > 0 && http.RequestServices.GetService<KeepLabels>() is { } keep)
        {
            await keep(labels, http.RequestAborted);
        }

        var at = request.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd_HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return TypedResults.Ok(children.Select(_ => $"{at}_{Guid.NewGuid()}").ToArray());
    }

    // The sender takes 400 as final for the whole batch, so each bad child is kept with its reasons, to be repaired and replayed here.
    private static async Task<IResult> RefuseAsync(
        InboundRequest request, string laCode, List<JsonElement> children, List<IReadOnlyList<ShapeFault>> faults, EventStore store, CancellationToken ct)
    {
        var bad = children.Zip(faults).Where(c => c.Second.Count > 0).ToList();
        var receipts = await store.ReceiveAsync([.. bad.Select(c => DfeCscIntake.Refused(request.Sender, laCode, c.First, c.Second, request.ReceivedAt))], ct);
        var errors = faults.SelectMany((found, place) => found.Select(f => new PointedError(f.Why, $"#/{place}{f.Pointer}"))).Take(MostReasons).ToList();
        return Answers.Problem(
            StatusCodes.Status400BadRequest,
            $"{bad.Count} of {children.Count} children do not fit the schema; none was taken. Each of them is kept in the inbox with its reasons.",
            ("errors", errors), ("inbox", receipts.Select(r => r.InboxId).ToList()));
    }

    private static async Task<ProblemHttpResult> UnreadableAsync(InboundRequest request, string why, EventStore store, CancellationToken ct)
    {
        // What cannot be read cannot be told from names, so its bytes are not kept: only that it came, and why it was refused.
        var trace = new Delivery(request.Sender, DfeCscIntake.Format, null, ReadOnlyMemory<byte>.Empty, request.ReceivedAt) { Refusal = why };
        var receipts = await store.ReceiveAsync([trace], ct);
        return Answers.Problem(StatusCodes.Status400BadRequest, why, ("inbox", new[] { receipts[0].InboxId }));
    }

    /// <summary>One error, in the shape of RFC 9457's own example.</summary>
    private sealed record PointedError(string Detail, string Pointer);
}
