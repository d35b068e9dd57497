using System.Text;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Something that came in, as the inbox shows it.</summary>
internal sealed record InboxItem(
    long Id, string Sender, string Format, string? Key, DateTimeOffset ReceivedAt, string Status, string? Reason, IReadOnlyList<long> Positions,
    int Repeats, DateTimeOffset? LastRepeatedAt, long? Replays, DateTimeOffset? SettledAt, string? SettledBy, string? SettledReason)
{
    /// <summary>The payload as it is kept; only when one row is asked for.</summary>
    public string? Body { get; init; }

    /// <summary>A row of the store as it is shown.</summary>
    public static InboxItem Of(InboxEntry e) => new(
        e.Id, e.Sender, e.Format, e.Key, e.ReceivedAt, e.Status.ToString().ToLowerInvariant(), e.Reason, e.Positions,
        e.Repeats, e.LastRepeatedAt, e.Replays, e.SettledAt, e.SettledBy, e.SettledReason);
}

/// <summary>What became of a replay.</summary>
internal sealed record ReplayResult(long Id, string Status, string? Reason, IReadOnlyList<long> Positions);

/// <summary><c>/api/inbox</c>: what came in, what became of it, repair and replay. The caller of <see cref="MapInbox"/> says who may.</summary>
internal static class InboxEndpoint
{
    private const int LongestPage = 200;

    /// <summary>Maps the addresses.</summary>
    public static RouteGroupBuilder MapInbox(this IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/api/inbox").WithTags("Inbox");
        inbox.AddEndpointFilter(Answers.WhenTheStoreIsAway);
        inbox.MapGet("", ListAsync).WithName("ListInbox").WithSummary("What came in, newest first")
            .Produces<IReadOnlyList<InboxItem>>().ProducesProblem(StatusCodes.Status400BadRequest);
        inbox.MapGet("/{id:long}", FindAsync).WithName("ReadInboxRow").WithSummary("One row with its payload")
            .Produces<InboxItem>().ProducesProblem(StatusCodes.Status404NotFound);
        inbox.MapPost("/{id:long}/replay", ReplayAsync).WithName("ReplayInboxRow")
            .WithSummary("Read a quarantined row again, as it stands or from a repaired body")
            .Produces<ReplayResult>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        return inbox;
    }

    private static async Task<IResult> ListAsync(Inbox inbox, string? status, string? sender, long? before, int? limit, CancellationToken ct)
    {
        InboxStatus? wanted = null;
        if (!string.IsNullOrEmpty(status))
        {
            if (!status.All(char.IsAsciiLetter) || !Enum.TryParse<InboxStatus>(status, ignoreCase: true, out var known))
            {
                return Answers.Problem(StatusCodes.Status400BadRequest, "status is one of accepted, quarantined, replayed, dismissed.");
            }

            wanted = known;
        }

        var rows = await inbox.ListAsync(wanted, sender, before, Math.Clamp(limit ?? 50, 1, LongestPage), ct);
        return TypedResults.Ok(rows.Select(InboxItem.Of).ToList());
    }

    private static async Task<IResult> FindAsync(long id, Inbox inbox, CancellationToken ct) =>
        await inbox.FindAsync(id, ct) is { } row
            ? TypedResults.Ok(InboxItem.Of(row.Entry) with { Body = Encoding.UTF8.GetString(row.Body) })
            : Answers.Problem(StatusCodes.Status404NotFound, "There is no such row.");

    private static async Task<IResult> ReplayAsync(long id, HttpContext http, Inbox inbox, EventStore store, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        if (await inbox.FindAsync(id, ct) is not { } row)
        {
            return Answers.Problem(StatusCodes.Status404NotFound, "There is no such row.");
        }

        if (row.Entry.Status != InboxStatus.Quarantined)
        {
            return Answers.Problem(StatusCodes.Status409Conflict, "Only a quarantined row can be replayed.");
        }

        if (await InboundGate.ReadAsync(http.Request, ct) is not { } repaired)
        {
            return Answers.Problem(StatusCodes.Status413PayloadTooLarge, $"The body is too large. {CloudEvents.Limits}");
        }

        var delivery = await Replay.ReadAsync(row.Entry, repaired.Length > 0 ? repaired : row.Body, store, clock.GetUtcNow(), ct);
        var receipt = (await store.ReceiveAsync([delivery], ct))[0];
        return TypedResults.Ok(new ReplayResult(id, receipt.Fate.ToString().ToLowerInvariant(), receipt.Reason, [.. receipt.Events.Select(e => e.Position)]));
    }
}
