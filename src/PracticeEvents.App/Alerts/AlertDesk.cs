using System.Security.Claims;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Alerts;

/// <summary>Where people meet their alerts: finds those they may see, and takes what they say to one. What they say is an event, with who and when.</summary>
internal sealed class AlertDesk(NpgsqlDataSource source, AlertTable alerts, ChildAccess access, ViewReader reader, ChildrenView children, RuleBook rules, TimeProvider time)
{
    /// <summary>The alerts in a scope: <c>me</c>, <c>team</c>, <c>service</c>, <c>watching</c> (children allocated to me, told to others) or <c>all</c> that the reader may see.</summary>
    public async Task<IReadOnlyList<AlertJson>> ListAsync(ClaimsPrincipal user, string scope, IReadOnlyCollection<AlertStatus>? statuses, CancellationToken ct)
    {
        var (viewer, structure) = await access.ViewerAsync(user, ct);
        if (scope is "me")
        {
            return viewer.HasLeft ? [] : [.. (await alerts.ListAsync([viewer.Worker], null, statuses, ct)).Select(Json)];
        }

        var seen = await reader.RowsAsync(children, null, AlertScope.Of(scope, viewer, structure), null, ct);
        var found = await alerts.ListAsync(null, [.. seen.Select(c => c.Child)], statuses, ct);
        return [.. found.Where(a => scope is not "watching" || a.To != viewer.Worker).Select(Json)];
    }

    /// <summary>Alerts to the reader, by id.</summary>
    public async Task<IReadOnlyList<AlertJson>> OwnAsync(ClaimsPrincipal user, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        [.. (await alerts.FindAsync(ids, ct)).Where(a => a.To == user.Identity?.Name).Select(Json)];

    /// <summary>An alert that the reader may see, or the answer that refuses it.</summary>
    public async Task<(AlertState? Alert, IResult? Refusal)> FindAsync(ClaimsPrincipal user, string id, CancellationToken ct)
    {
        if (await alerts.FindAsync(id, ct) is not { } alert)
        {
            return (null, Results.Problem($"There is no alert {id}.", statusCode: 404, title: "Not found"));
        }

        var (viewer, _) = await access.ViewerAsync(user, ct);
        if (alert.To == viewer.Worker && !viewer.HasLeft)
        {
            return (alert, null);
        }

        var (child, _) = await access.LookAsync(user, alert.Child, "alert", ct);
        return child is null ? (null, ChildAccess.Refused(exists: true, alert.Child)) : (alert, null);
    }

    /// <summary>"I'm dealing with this".</summary>
    public Task<(AlertJson? Alert, IResult? Refusal)> AcknowledgeAsync(ClaimsPrincipal user, string id, CancellationToken ct) =>
        SayAsync(user, id, (alert, worker, on) => new AlertAcknowledged { Alert = alert.Id, On = on, By = worker }, ct);

    /// <summary>"I've read this", for something to know. A duty cannot be read away.</summary>
    public async Task<(AlertJson? Alert, IResult? Refusal)> ReadAsync(ClaimsPrincipal user, string id, CancellationToken ct)
    {
        var (alert, refusal) = await FindAsync(user, id, ct);
        return refusal is not null ? (null, refusal)
            : !IsNotice(alert!) ? (null, Conflict("This is a duty. It is settled by the practice event that it asks for, not by reading it."))
            : await SayAsync(user, id, (a, worker, on) => new AlertSettled { Alert = a.Id, On = on, By = worker, Because = [$"Read by {worker}"] }, ct);
    }

    /// <summary>An alert with its rule's title.</summary>
    public AlertJson Json(AlertState alert) => AlertJson.Of(alert, rules);

    /// <summary>True for something to know, which is settled by being read.</summary>
    public bool IsNotice(AlertState alert) => rules.Find(alert.Rule)?.Editions.Any(e => e.IsNotice) ?? false;

    private async Task<(AlertJson? Alert, IResult? Refusal)> SayAsync(
        ClaimsPrincipal user, string id, Func<AlertState, string, Happened, AlertEvent> say, CancellationToken ct)
    {
        var (seen, refusal) = await FindAsync(user, id, ct);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var known = (await AlertTable.LockAsync(connection, [seen!.Id], ct)).ToDictionary(a => a.State.Id);
        var alert = known[id].State;
        if (!alert.IsLive)
        {
            return (null, Conflict($"This alert is {EventName.Word(alert.Status.ToString())} already."));
        }

        var now = time.GetUtcNow();
        var said = say(alert, user.Identity!.Name!, Happened.AtInstant(now));
        if (await OwnEvents.AppendAsync(connection, transaction, [said], known, now, ct) is not [var appended])
        {
            return (null, Conflict("This cannot be stored: the alert's own record is closed. Tell those who look after the service."));
        }

        await Batches.WriteAsync(connection, AlertTable.Apply([(said, now, appended.Position)], known), ct);
        await transaction.CommitAsync(ct);
        return (Json(known[id].State), null);
    }

    private static IResult Conflict(string why) => Results.Problem(why, statusCode: 409, title: "Cannot be done");
}
