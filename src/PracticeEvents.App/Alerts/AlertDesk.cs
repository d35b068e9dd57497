using System.Security.Claims;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts;

/// <summary>Where people meet their alerts: finds those they may see, and takes what they say to one. What they say is an event, with who and when.</summary>
internal sealed class AlertDesk(
    NpgsqlDataSource source, AlertTable alerts, ChildAccess access, ViewReader reader, ChildrenView children, Passing passing,
    RuleBook rules, TimeProvider time)
{
    /// <summary>The alerts in a scope: <c>me</c>, <c>team</c>, <c>service</c>, <c>watching</c> (children allocated to me, told to others) or
    /// <c>all</c> that the reader may see.</summary>
    public async Task<IReadOnlyList<AlertJson>> ListAsync(ClaimsPrincipal user, string scope, IReadOnlyCollection<AlertStatus>? statuses, CancellationToken ct) =>
        await ListAsync(await access.ViewerAsync(user, ct), scope, statuses, ct);

    /// <summary>The alerts in a scope, for a reader who is known.</summary>
    public async Task<IReadOnlyList<AlertJson>> ListAsync(Viewer viewer, string scope, IReadOnlyCollection<AlertStatus>? statuses, CancellationToken ct)
    {
        if (scope is "me")
        {
            return viewer.HasLeft ? [] : [.. (await alerts.ListAsync([viewer.Worker], null, statuses, ct)).Select(Json)];
        }

        var which = await reader.RowsAsync(children, null, AlertScope.Of(scope, viewer), null, ct);
        var found = await alerts.ListAsync(null, [.. which.Select(c => c.Child)], statuses, ct);
        return [.. found.Where(a => scope is not "watching" || a.To != viewer.Worker).Select(Json)];
    }

    /// <summary>How many live alerts there are in a scope.</summary>
    public Query<int> CountLive(Viewer viewer, string scope) => scope is "me"
        ? AlertTable.CountLive(viewer.Worker).Then(n => viewer.HasLeft ? 0 : n)
        : AlertTable.CountLive(children, AlertScope.Of(scope, viewer), scope is "watching" ? viewer.Worker : null);

    /// <summary>Alerts to the reader, by id.</summary>
    public async Task<IReadOnlyList<AlertJson>> OwnAsync(Viewer viewer, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        viewer.HasLeft || ids.Count == 0 ? [] : [.. (await alerts.FindAsync(ids, ct)).Where(a => a.To == viewer.Worker).Select(Json)];

    /// <summary>An alert that the reader may see, or the answer that refuses it.</summary>
    public async Task<(AlertState? Alert, IResult? Refusal)> FindAsync(ClaimsPrincipal user, string id, CancellationToken ct)
    {
        if (await alerts.FindAsync(id, ct) is not { } alert)
        {
            return (null, Results.Problem($"There is no alert {id}.", statusCode: 404, title: "Not found"));
        }

        var viewer = await access.ViewerAsync(user, ct);
        if (alert.To == viewer.Worker && !viewer.HasLeft)
        {
            return (alert, null);
        }

        var (child, _) = await access.LookAsync(user, alert.Child, "alert", ct);
        return child is null ? (null, ChildAccess.Refused(exists: true, alert.Child)) : (alert, null);
    }

    /// <summary>"I'm dealing with this". Escalation waits, the clock does not.</summary>
    /// <param name="user">Who says so.</param>
    /// <param name="id">Alert.</param>
    /// <param name="note">Code of a standard note; nothing for none.</param>
    /// <param name="ct">Stops it.</param>
    public Task<(AlertJson? Alert, IResult? Refusal)> AcknowledgeAsync(ClaimsPrincipal user, string id, string? note, CancellationToken ct) =>
        SayAsync(user, id, (alert, worker, on) => new AlertAcknowledged { Alert = alert.Id, On = on, By = worker, NoteCode = note }, ct);

    /// <summary>"I've read this", for something to know. A duty cannot be read away.</summary>
    public async Task<(AlertJson? Alert, IResult? Refusal)> ReadAsync(ClaimsPrincipal user, string id, CancellationToken ct)
    {
        var (alert, refusal) = await FindAsync(user, id, ct);
        return refusal is not null ? (null, refusal)
            : !IsNotice(alert!) ? (null, Conflict("This is a duty. It is settled by the practice event that it asks for, not by reading it."))
            : await SayAsync(user, id, (a, worker, on) => new AlertSettled { Alert = a.Id, On = on, By = worker, Because = [$"Read by {worker}"] }, ct);
    }

    /// <summary>"Remind me": on a London date after today and not after the due date.</summary>
    public async Task<(AlertJson? Alert, IResult? Refusal)> RemindAsync(ClaimsPrincipal user, string id, DateOnly on, CancellationToken ct)
    {
        var (alert, refusal) = await FindAsync(user, id, ct);
        var today = London.DateOf(time.GetUtcNow());
        return refusal is not null ? (null, refusal)
            : alert!.Rule == UncoveredDuties.Rule ? (null, Conflict("These duties are nobody's: there is no date to be reminded before."))
            : IsNotice(alert!) ? (null, Conflict("This asks only to be read. There is no date to be reminded before."))
            : alert!.To != user.Identity!.Name ? (null, Conflict("A reminder goes to whoever was told. Only they can ask for it."))
            : on <= today ? (null, Unusable($"The reminder is to come on a day after today, {today:yyyy-MM-dd}."))
            : on > alert.Due.Date ? (null, Unusable($"The reminder is to come no later than the due date, {alert.Due.Date:yyyy-MM-dd}."))
            : await SayAsync(user, id, (a, worker, now) => new AlertReminderSet { Alert = a.Id, On = now, By = worker, RemindOn = on }, ct);
    }

    /// <summary>Passes an alert on to another worker, who has it at every later stage too.</summary>
    public async Task<(AlertJson? Alert, IResult? Refusal)> ReassignAsync(ClaimsPrincipal user, string id, string worker, CancellationToken ct)
    {
        var (alert, refusal) = await FindAsync(user, id, ct);
        if (refusal is null && await passing.WhyNotAsync(alert!, await access.ViewerAsync(user, ct), worker, London.DateOf(time.GetUtcNow()), ct) is { } why)
        {
            return (null, Conflict(why));
        }

        return refusal is not null ? (null, refusal) : await SayAsync(user, id, (a, by, on) => new AlertReassigned { Alert = a.Id, On = on, By = by, To = worker }, ct);
    }

    /// <summary>"Not right": a task for data staff. The alert stays as it is.</summary>
    public Task<(AlertJson? Alert, IResult? Refusal)> QuestionAsync(ClaimsPrincipal user, string id, AlertFault fault, CancellationToken ct) =>
        SayAsync(user, id, (alert, worker, on) => new AlertQuestioned { Alert = alert.Id, On = on, By = worker, Fault = fault }, ct, changesWhoIsTold: false);

    /// <summary>Data staff say what became of such a task.</summary>
    public async Task<(AlertJson? Alert, IResult? Refusal)> AnswerAsync(ClaimsPrincipal user, string id, AlertAnswer answer, CancellationToken ct)
    {
        var (alert, refusal) = await FindAsync(user, id, ct);
        return refusal is not null ? (null, refusal)
            : !(await access.ViewerAsync(user, ct)).AnswersQuestions
                ? (null, Results.Problem("Data staff and administrators answer what people say is not right.", statusCode: 403, title: "Not allowed"))
            : alert!.Questioned is null ? (null, Conflict("Nobody has said that this alert is not right, or it was answered already."))
            : await SayAsync(user, id, (a, worker, on) => new AlertQuestionAnswered { Alert = a.Id, On = on, By = worker, Answer = answer }, ct, changesWhoIsTold: false,
                a => a.Questioned is null ? "Somebody else has answered meanwhile." : null);
    }

    /// <summary>The alerts of which somebody said that they are not right, for those who answer; nothing for others.</summary>
    public async Task<IReadOnlyList<AlertJson>?> QuestionedAsync(ClaimsPrincipal user, CancellationToken ct) =>
        (await access.ViewerAsync(user, ct)).AnswersQuestions ? [.. (await alerts.QuestionedAsync(ct)).Select(Json)] : null;

    /// <summary>Notes that the recipient has opened an alert, the first time.</summary>
    public async Task SeenAsync(ClaimsPrincipal user, AlertState alert, CancellationToken ct)
    {
        if (alert is { IsLive: true, SeenAt: null } && alert.To == user.Identity?.Name)
        {
            await SayAsync(user, alert.Id, (a, worker, on) => new AlertSeen { Alert = a.Id, On = on, By = worker }, ct, changesWhoIsTold: false);
        }
    }

    /// <summary>An alert with its rule's title.</summary>
    public AlertJson Json(AlertState alert) => AlertJson.Of(alert, rules);

    /// <summary>True for something to know, which is settled by being read.</summary>
    public bool IsNotice(AlertState alert) => rules.Find(alert.Rule) is { IsNotice: true };

    private async Task<(AlertJson? Alert, IResult? Refusal)> SayAsync(
        ClaimsPrincipal user, string id, Func<AlertState, string, Happened, AlertEvent> say, CancellationToken ct, bool changesWhoIsTold = true,
        Func<AlertState, string?>? whyNot = null)
    {
        var (seen, refusal) = await FindAsync(user, id, ct);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        if (changesWhoIsTold)
        {
            // What was said may change who is told what next, and when. Before the alert is locked, as the timescale process does it: the other way
            // round each would wait for the other.
            await Batches.WriteAsync(connection, [Everyone.LookAgain(seen!.Child, now)], ct);
        }

        var known = (await AlertTable.LockAsync(connection, [seen!.Id], ct)).ToDictionary(a => a.State.Id);
        var alert = known[id].State;
        if (!alert.IsLive)
        {
            return (null, Conflict($"This alert is {EventName.Word(alert.Status.ToString())} already."));
        }

        if (whyNot?.Invoke(alert) is { } why)
        {
            return (null, Conflict(why));
        }

        var said = say(alert, user.Identity!.Name!, Happened.AtInstant(now));
        if (await OwnEvents.Append([said], known, now).AskAsync(connection, ct) is not [var appended])
        {
            return (null, Conflict("This cannot be stored: the alert's own record is closed. Tell those who look after the service."));
        }

        await Batches.CommitAsync(connection, AlertTable.Apply([(said, now, appended.Position)], known), ct);
        return (Json(known[id].State), null);
    }

    private static IResult Unusable(string why) => Results.Problem(why, statusCode: 400, title: "Cannot be used");

    private static IResult Conflict(string why) => Results.Problem(why, statusCode: 409, title: "Cannot be done");
}
