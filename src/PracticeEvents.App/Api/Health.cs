using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Api;

/// <summary><c>/health</c>: alive; ready to take requests; and in detail how far behind everything is.</summary>
internal static class Health
{
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

    private static async Task<IResult> Detail(HealthReader reader, CancellationToken ct)
    {
        var detail = await reader.ReadAsync(ct);
        return Results.Json(detail, ApiJson.Options, statusCode: detail.Problems.Count == 0 ? 200 : 503);
    }
}
