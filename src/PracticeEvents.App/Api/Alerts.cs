using System.Security.Claims;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/alerts</c>: the list, one alert with its reasons, and what a person can say to it. Only a practice event settles an alert; no click does,
/// save "I've read this" for something to know.</summary>
internal static class AlertsApi
{
    private static readonly string[] Scopes = ["me", "team", "service", "watching", "all"];

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts");
        alerts.MapGet("", List).WithName("ListAlerts").WithSummary("Alerts for me, my team, my service, or all that I may see")
            .Produces<IReadOnlyList<AlertJson>>().ProducesProblem(400);
        alerts.MapGet("/{id}", Find).WithName("ReadAlert").WithSummary("One alert").Produces<AlertJson>().ProducesProblem(403).ProducesProblem(404);
        alerts.MapGet("/{id}/why", Why).WithName("WhyAlert").WithSummary("Events, dates, days counted, edition and paragraph behind an alert")
            .Produces<WhyAlertJson>().ProducesProblem(403).ProducesProblem(404);
        alerts.MapPost("/{id}/acknowledge", (string id, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct) => Answered(desk.AcknowledgeAsync(user, id, ct)))
            .WithName("AcknowledgeAlert").WithSummary("I'm dealing with this. The clock does not stop.").Produces<AlertJson>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        alerts.MapPost("/{id}/read", (string id, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct) => Answered(desk.ReadAsync(user, id, ct)))
            .WithName("ReadNotice").WithSummary("I've read this: settles something to know").Produces<AlertJson>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> List(
        HttpRequest request, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct, string? @for = "me", string? status = null)
    {
        if (!Scopes.Contains(@for))
        {
            return Results.Problem($"for must be one of {string.Join(", ", Scopes)}.", statusCode: 400, title: "Which alerts?");
        }

        var statuses = new List<AlertStatus>();
        foreach (var word in status?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (!Enum.TryParse<AlertStatus>(word, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                return Results.Problem($"status must be open, acknowledged, settled or withdrawn, not \"{word}\".", statusCode: 400, title: "Which status?");
            }

            statuses.Add(parsed);
        }

        return Answer.List(request, await desk.ListAsync(user, @for!, statuses.Count == 0 ? null : statuses, ct), "alerts");
    }

    private static async Task<IResult> Find(string id, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct)
    {
        var (alert, refusal) = await desk.FindAsync(user, id, ct);
        return refusal ?? Results.Json(desk.Json(alert!), ApiJson.Options);
    }

    private static async Task<IResult> Why(string id, ClaimsPrincipal user, AlertDesk desk, ViewReader reader, TimeProvider time, CancellationToken ct)
    {
        var (alert, refusal) = await desk.FindAsync(user, id, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var picture = await reader.PictureAsync(alert!.Child, null, ct);
        return Results.Json(WhyAlertJson.Of(desk.Json(alert), picture, alert, time.GetUtcNow()), ApiJson.Options);
    }

    private static async Task<IResult> Answered(Task<(AlertJson? Alert, IResult? Refusal)> step)
    {
        var (alert, refusal) = await step;
        return refusal ?? Results.Json(alert, ApiJson.Options);
    }
}
