using System.Security.Claims;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/alerts</c>: the list, one alert with its reasons, and what a person can say to it. Only a practice event settles an alert; no click does,
/// save "I've read this" for something to know.</summary>
internal static class AlertsApi
{
    private const int MostAtOnce = 100;

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts");
        alerts.MapGet("", List).WithName("ListAlerts").WithSummary("Alerts for me, my team, my service, or all that I may see")
            .Produces<IReadOnlyList<AlertJson>>().ProducesProblem(400);
        alerts.MapGet("/{id}", Find).WithName("ReadAlert").WithSummary("One alert").Produces<AlertJson>().ProducesProblem(403).ProducesProblem(404);
        alerts.MapGet("/questioned", Questioned).WithName("ListQuestionedAlerts").WithSummary("Alerts that somebody said are not right: tasks for data staff")
            .Produces<IReadOnlyList<AlertJson>>().ProducesProblem(403);
        alerts.MapPost("/acknowledge", AcknowledgeMany).WithName("AcknowledgeAlerts").WithSummary("I'm dealing with these, with a reason")
            .Produces<IReadOnlyList<AcknowledgedJson>>().ProducesProblem(400);
        alerts.MapGet("/{id}/why", Why).WithName("WhyAlert").WithSummary("Events, dates, days counted, edition and paragraph behind an alert")
            .Produces<WhyAlertJson>().ProducesProblem(403).ProducesProblem(404);
        alerts.MapPost("/{id}/acknowledge", (string id, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct) => Answered(desk.AcknowledgeAsync(user, id, null, ct)))
            .WithName("AcknowledgeAlert").WithSummary("I'm dealing with this. The clock does not stop.")
            .Produces<AlertJson>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        alerts.MapPost("/{id}/read", (string id, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct) => Answered(desk.ReadAsync(user, id, ct)))
            .WithName("ReadNotice").WithSummary("I've read this: settles something to know").Produces<AlertJson>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        Step<RemindMeJson>(
            alerts, "/{id}/remind-me", "RemindMe", "Remind me on a date, never past the due date",
            (desk, user, id, body, ct) => Answered(desk.RemindAsync(user, id, body.On, ct)));
        Step<ReassignJson>(
            alerts, "/{id}/reassign", "ReassignAlert", "Pass an alert on to another worker",
            (desk, user, id, body, ct) => Answered(desk.ReassignAsync(user, id, body.Worker, ct)));
        Step<NotRightJson>(
            alerts, "/{id}/not-right", "QuestionAlert", "Not right: a task for data staff. The alert stays.",
            (desk, user, id, body, ct) => Answered(desk.QuestionAsync(user, id, body.ReasonCode, ct)));
        Step<AnswerJson>(
            alerts, "/{id}/answer", "AnswerQuestionedAlert", "What became of an alert that is not right",
            (desk, user, id, body, ct) => Answered(desk.AnswerAsync(user, id, body.Answer, ct)));
    }

    private static IEndpointConventionBuilder Step<T>(
        IEndpointRouteBuilder alerts, string path, string name, string summary, Func<AlertDesk, ClaimsPrincipal, string, T, CancellationToken, Task<IResult>> say)
        where T : notnull => alerts.MapPost(path, (string id, T body, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct) => say(desk, user, id, body, ct))
            .WithName(name).WithSummary(summary).Produces<AlertJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Questioned(HttpRequest request, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct) =>
        await desk.QuestionedAsync(user, ct) is { } found ? Answer.List(request, found, "alerts-not-right")
            : Results.Problem("Data staff and administrators see what people say is not right.", statusCode: 403, title: "Not allowed");

    private static async Task<IResult> AcknowledgeMany(AcknowledgeManyJson body, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct)
    {
        if (body.Ids is not { Count: > 0 and <= MostAtOnce } || !Code.IsValid(body.NoteCode))
        {
            return Results.Problem(
                $"Give ids, 1 to {MostAtOnce} of them, and a noteCode that says why: a code such as supervision, no text.",
                statusCode: 400, title: "Which alerts, and why?");
        }

        var results = new List<AcknowledgedJson>();
        foreach (var id in body.Ids.Distinct(StringComparer.Ordinal))
        {
            var (_, refusal) = await desk.AcknowledgeAsync(user, id, body.NoteCode, ct);
            results.Add(new AcknowledgedJson(
                id, refusal is null ? "acknowledged" : "refused",
                (refusal as Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult)?.ProblemDetails.Detail));
        }

        return Results.Json(results, ApiJson.Options);
    }

    private static async Task<IResult> List(
        HttpRequest request, ClaimsPrincipal user, AlertDesk desk, CancellationToken ct, string? @for = "me", string? status = null)
    {
        if (!AlertScope.All.Contains(@for))
        {
            return AlertScope.Unknown("Which alerts?");
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
        if (refusal is null)
        {
            await desk.SeenAsync(user, alert!, ct);
        }

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

/// <summary>When to be reminded.</summary>
/// <param name="On">London date, after today and not after the due date.</param>
internal sealed record RemindMeJson(DateOnly On);

/// <summary>To whom an alert goes.</summary>
/// <param name="Worker">Worker id.</param>
internal sealed record ReassignJson(string Worker);

/// <summary>What is wrong with an alert.</summary>
/// <param name="ReasonCode">The fault.</param>
internal sealed record NotRightJson(AlertFault ReasonCode);

/// <summary>What became of an alert that is not right.</summary>
/// <param name="Answer">The answer.</param>
internal sealed record AnswerJson(AlertAnswer Answer);

/// <summary>Several alerts that somebody takes on at once.</summary>
/// <param name="Ids">Alert ids.</param>
/// <param name="NoteCode">Code of the reason.</param>
internal sealed record AcknowledgeManyJson(IReadOnlyList<string> Ids, string NoteCode);

/// <summary>What became of one of them.</summary>
/// <param name="Id">Alert id.</param>
/// <param name="Status"><c>acknowledged</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it was refused, a sentence.</param>
internal sealed record AcknowledgedJson(string Id, string Status, string? Reason);
