using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Store;

namespace PracticeEvents.App.Api;

/// <summary><c>/health</c>: alive; ready to take requests; and in detail how far behind everything is.</summary>
internal static class Health
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("health");
        health.MapGet("/live", () => Results.Json(new { status = "ok" })).AllowAnonymous().WithName("Live").WithSummary("The process runs");
        health.MapGet("/ready", Ready).AllowAnonymous().WithName("Ready").WithSummary("The database answers and its schema is this edition's");
        health.MapGet("/detail", Detail).RequireAuthorization().WithName("HealthDetail").WithSummary("How far behind everything is").Produces<HealthDetail>();
    }

    private static async Task<IResult> Ready(NpgsqlDataSource source, CancellationToken ct)
    {
        try
        {
            var schema = await Schema.CheckAsync(source, ct);
            return schema.IsCurrent
                ? Results.Json(new { status = "ok" })
                : Results.Problem("The schema of the database is not this edition's. Run: practice migrate", statusCode: 503, title: "Not ready");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return Results.Problem("The database does not answer.", statusCode: 503, title: "Not ready");
        }
    }

    private static async Task<IResult> Detail(
        NpgsqlDataSource source, EventStore store, Timers timers, Inbox inbox, ProcessHealth process, TimeProvider time, CancellationToken ct)
    {
        var detail = await ReadAsync(source, store, timers, inbox, process, time, ct);
        return Results.Json(detail, ApiJson.Options, statusCode: detail.Problems.Count == 0 ? 200 : 503);
    }

    /// <summary>The detail, for the address and for the page alike.</summary>
    public static async Task<HealthDetail> ReadAsync(
        NpgsqlDataSource source, EventStore store, Timers timers, Inbox inbox, ProcessHealth process, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var head = await store.HeadAsync(ct);
        var position = (await Positions.ReadAllAsync(source, ct)).GetValueOrDefault(TimescalePass.Position);
        var (all, due) = await timers.CountAsync(now, ct);
        var quarantined = (await inbox.CountAsync(ct)).GetValueOrDefault(InboxStatus.Quarantined);
        var unmonitored = (await Unmonitored.AllAsync(source, ct)).Count;
        var problems = new List<string>();
        if (process.State is "failing")
        {
            problems.Add($"The timescale process fails: {process.Error}");
        }

        if (process.State is "working" && process.SincePass > LongestSilence)
        {
            problems.Add("No pass of the timescale process was completed in 10 minutes.");
        }

        if (unmonitored > 0)
        {
            problems.Add($"{unmonitored} children are not watched, because their record cannot be worked through.");
        }

        return new HealthDetail(problems.Count == 0 ? "ok" : "failing", problems, process.State, process.LastPassAt, head, position, store.Waiting, all, due, quarantined, unmonitored);
    }
}

/// <summary>How far behind everything is.</summary>
/// <param name="Status"><c>ok</c> or <c>failing</c>.</param>
/// <param name="Problems">Each a sentence.</param>
/// <param name="Process">What the timescale process of this node is doing.</param>
/// <param name="LastPass">When it last completed a pass.</param>
/// <param name="Head">Last position in the log.</param>
/// <param name="WorkedThrough">Last position worked through.</param>
/// <param name="WaitingToBeStored">Events waiting to be stored on this node.</param>
/// <param name="Timers">Timers armed.</param>
/// <param name="TimersDue">Timers due and not yet worked through.</param>
/// <param name="Quarantined">Rows of the inbox that want a person.</param>
/// <param name="Unmonitored">Children who are not watched.</param>
internal sealed record HealthDetail(
    string Status, IReadOnlyList<string> Problems, string Process, DateTimeOffset? LastPass, long Head, long WorkedThrough, long WaitingToBeStored, long Timers, long TimersDue,
    long Quarantined, int Unmonitored);
