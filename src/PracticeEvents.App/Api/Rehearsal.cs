using System.Text.Json;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Api;

/// <summary><c>/rehearsal/clock</c>: moves the virtual clock. Mapped only in rehearsal.</summary>
internal static class Rehearsal
{
    // One move at a time: two at once would race past each other's stops.
    private static readonly SemaphoreSlim One = new(1);

    // Due dates are worked out years ahead of it.
    private static readonly DateTimeOffset Latest = new(2900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void MapRehearsal(this IEndpointRouteBuilder routes)
    {
        var rehearsal = routes.MapGroup("/rehearsal").WithTags("rehearsal").AllowAnonymous();
        rehearsal.MapGet("/clock", (TimeProvider time) => Results.Json(new { now = time.GetUtcNow() }, ApiJson.Options))
            .WithName("ReadClock").WithSummary("Where the clock stands");
        rehearsal.MapPost("/clock", Move).WithName("MoveClock").WithSummary("Moves the clock forward; answers when everything due by then has fired");
    }

    private static async Task<IResult> Move(
        JsonElement body, TimeProvider time, RehearsalTime remembered, Timers timers, TimescaleProcess process,
        IHostApplicationLifetime lifetime, CancellationToken aborted)
    {
        if (body.ValueKind is not JsonValueKind.Object || !body.TryGetProperty("now", out var given)
            || given.ValueKind is not JsonValueKind.String || !Rfc3339.TryParse(given.GetString(), out var target))
        {
            return Results.Problem("Say where to: {\"now\": \"2026-03-17T09:00:00Z\"}.", statusCode: 400, title: "Where to?");
        }

        if (target > Latest)
        {
            return Results.Problem($"A rehearsal goes on to {Rfc3339.Write(Latest)} at the most.", statusCode: 400, title: "Too far");
        }

        // As fine as the database keeps instants: what is said at one must be the same when it is read back.
        target = target.AddTicks(-(target.Ticks % TimeSpan.TicksPerMicrosecond));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        var ct = either.Token;
        var clock = (RehearsalClock)time;
        await One.WaitAsync(ct);
        try
        {
            if (target < clock.GetUtcNow())
            {
                return Results.Problem($"The clock stands at {Rfc3339.Write(clock.GetUtcNow())} and only moves forward.", statusCode: 409, title: "Backwards");
            }

            // It stops at every timer on the way, so that what falls due in between happens at its own time and in its own order.
            await process.SettleAsync(ct);
            while (await timers.NextDueAsync(clock.GetUtcNow(), ct) is { } next && next <= target)
            {
                await MoveAsync(next);
            }

            await MoveAsync(target);
            return Results.Json(new { now = clock.GetUtcNow() }, ApiJson.Options);
        }
        finally
        {
            One.Release();
        }

        async Task MoveAsync(DateTimeOffset to)
        {
            clock.MoveTo(to);
            await remembered.WriteAsync(to, ct);
            await process.SettleAsync(ct);
        }
    }
}
