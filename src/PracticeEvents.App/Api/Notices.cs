using System.Security.Claims;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Api;

/// <summary>That one person was told of one decision, and whether they have read it.</summary>
/// <param name="Alert">Alert id.</param>
/// <param name="Child">Child reference.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Title">What was to be told.</param>
/// <param name="Role">Role in which they were told.</param>
/// <param name="To">Worker told.</param>
/// <param name="ToldAt">When it was put in their inbox (UTC).</param>
/// <param name="SeenAt">When they opened it (UTC).</param>
/// <param name="ReadAt">When they said that they had read it (UTC).</param>
/// <param name="WorkingDays">Working days from being told to having read it, or to now; the first day is not counted.</param>
/// <param name="State"><c>read</c>, <c>read_late</c>, <c>unread</c>, <c>unread_late</c> or <c>withdrawn</c>; late is more than one working day.</param>
internal sealed record NoticeJson(
    string Alert, string Child, string Rule, string Title, Role Role, string To,
    DateTimeOffset ToldAt, DateTimeOffset? SeenAt, DateTimeOffset? ReadAt, int WorkingDays, string State);

/// <summary><c>/api/notices</c>: proof that those who must know at once were told, and when they read it (practice needs A3, A4).</summary>
internal static class Notices
{
    private const int InTime = 1;
    private static readonly string[] States = ["read", "read_late", "unread", "unread_late", "withdrawn"];

    public static void MapNotices(this IEndpointRouteBuilder api) => api.MapGet("/notices", ListAsync)
        .WithName("ListNotices").WithSummary("Who was told of decisions that must be known at once, when, and when they read it; state picks the late or unread")
        .Produces<IReadOnlyList<NoticeJson>>().ProducesProblem(400);

    private static async Task<IResult> ListAsync(
        HttpRequest request, ClaimsPrincipal user, AlertDesk desk, AlertTable alerts, RuleBook rules, TimeProvider time, CancellationToken ct,
        string? @for = "all", string? from = null, string? to = null, string? state = null)
    {
        if (!AlertScope.All.Contains(@for))
        {
            return AlertScope.Unknown("Whose notices?");
        }

        var wanted = state?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (wanted.FirstOrDefault(s => !States.Contains(s)) is { } unknown)
        {
            return Results.Problem($"state must be {string.Join(", ", States)}, not \"{unknown}\".", statusCode: 400, title: "Which state?");
        }

        if (PeriodAsked.TryParse(from, to, out var period) is { } wrong)
        {
            return Results.Problem(wrong, statusCode: 400, title: "Which days?");
        }

        var sent = (await desk.ListAsync(user, @for!, null, ct)).Where(a => a.Stage is AlertStage.ToKnow && rules.Find(a.Rule) is { IsNotice: true })
            .Where(a => London.DateOf(a.RaisedAt) is var day && (period.From is null || day >= period.From) && (period.To is null || day <= period.To)).ToList();
        var changed = await alerts.ChangedAsync([.. sent.Select(a => a.Id)], ct);
        var now = time.GetUtcNow();
        var notices = sent.Select(a => Of(a, a.Status is AlertStatus.Settled ? changed.GetValueOrDefault(a.Id, a.RaisedAt) : null, rules, now));
        return Answer.List(
            request,
            [.. notices.Where(n => wanted.Length == 0 || wanted.Contains(n.State))
                .OrderByDescending(n => n.ToldAt).ThenBy(n => n.Alert, StringComparer.Ordinal)],
            "notices");
    }

    private static NoticeJson Of(AlertJson a, DateTimeOffset? readAt, RuleBook rules, DateTimeOffset now)
    {
        var days = rules.Calendar.Between(London.DateOf(a.RaisedAt), London.DateOf(readAt ?? now));
        var isLate = days > InTime;
        var state = a.Status switch
        {
            AlertStatus.Settled => isLate ? "read_late" : "read",
            AlertStatus.Withdrawn => "withdrawn",
            _ => isLate ? "unread_late" : "unread",
        };
        return new NoticeJson(a.Id, a.Child, a.Rule, a.Title, a.Role, a.To, a.RaisedAt, a.SeenAt, readAt, days, state);
    }
}
