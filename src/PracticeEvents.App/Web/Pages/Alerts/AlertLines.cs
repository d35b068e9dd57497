using PracticeEvents.App.Web.Pages.Children;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>A reader's alerts, each with its duty as it stands now.</summary>
internal sealed class AlertLines(
    NpgsqlDataSource source, AlertDesk desk, SettledAlerts settled, ObligationsView obligations, RuleBook rules, WorkingDays calendar, TimeProvider time)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The choices of the page with the words of their links.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Views =
        [("mine", "Mine"), ("team", "My team"), ("watching", "Watching"), ("done", "Done this week")];

    private static readonly AlertStatus[] Live = [AlertStatus.Open, AlertStatus.Acknowledged];

    /// <summary>How many alerts each choice has; none of the one that is being shown, whose lines are counted.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountOthersAsync(Viewer viewer, string shown, CancellationToken ct)
    {
        Query<int>? Count(string view) => view == shown ? null : view switch
        {
            "mine" => desk.CountLive(viewer, "me"),
            "done" => AlertTable.CountSettled(viewer.Worker, time.GetUtcNow() - Week).Then(n => viewer.HasLeft ? 0 : n),
            _ => desk.CountLive(viewer, view),
        };
        var (mine, team, watching, done) = await Query.AskAsync(source, Count("mine"), Count("team"), Count("watching"), Count("done"), ct);
        return new Dictionary<string, int> { ["mine"] = mine, ["team"] = team, ["watching"] = watching, ["done"] = done };
    }

    /// <summary>The alerts of one choice, without their duties.</summary>
    public async Task<IReadOnlyList<AlertJson>> AlertsAsync(Viewer viewer, string view, CancellationToken ct)
    {
        if (view != "done")
        {
            return await desk.ListAsync(viewer, view == "mine" ? "me" : view, Live, ct);
        }

        var lately = await DoneAsync(viewer.Worker, ct);
        return [.. (await desk.OwnAsync(viewer, [.. lately.Keys], ct)).Where(a => a.Status is AlertStatus.Settled)];
    }

    /// <summary>The lines for some alerts of a worker: what needs someone first, then by due date.</summary>
    public async Task<IReadOnlyList<AlertLine>> OfAsync(string worker, IReadOnlyList<AlertJson> alerts, CancellationToken ct)
    {
        if (alerts.Count == 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var asked = alerts.Where(HasDuty).Select(a => (a.Child, a.Rule, a.Occurrence)).ToHashSet();

        // Most are of alerts that are live, and open: those are found by a small index, the others among all that the children ever had.
        var (current, unmonitored) = await Query.AskAsync(source, ViewReader.Rows(obligations, ObligationsView.Of(asked).And(ObligationsView.Current)), Unmonitored.All(), ct);
        asked.ExceptWith(current!.Select(d => (d.Child, d.Rule, d.Occurrence)));
        var past = asked.Count == 0 ? [] : await ViewReader.Rows(obligations, ObligationsView.Of(asked)).AskAsync(source, ct);
        var duties = current!.Concat(past).ToDictionary(d => (d.Child, d.Rule, d.Occurrence));
        var done = alerts.Any(a => a.Status is AlertStatus.Settled) ? await DoneAsync(worker, ct) : new Dictionary<string, DateTimeOffset>();
        return
        [
            .. from alert in alerts
               let duty = duties.GetValueOrDefault((alert.Child, alert.Rule, alert.Occurrence))
               let line = new AlertLine(
                   alert, duty, Standing(alert, duty, !unmonitored!.ContainsKey(alert.Child), now), EditionOf(alert, duty),
                   done.TryGetValue(alert.Id, out var at) ? at : null)
               orderby line.Order, alert.Due, alert.Child, alert.Id
               select line,
        ];
    }

    private Task<IReadOnlyDictionary<string, DateTimeOffset>> DoneAsync(string worker, CancellationToken ct) => settled.SinceAsync(worker, time.GetUtcNow() - Week, ct);

    private DutyStanding? Standing(AlertJson alert, ObligationRow? duty, bool watched, DateTimeOffset now) =>
        duty is not null ? DutyStanding.Of(duty, watched, calendar, now)
        : !HasDuty(alert) ? null
        : new DutyStanding("cannot_tell", "because the record that this rested on is being worked through again");

    private bool HasDuty(AlertJson alert) => alert.Rule != UncoveredDuties.Rule && rules.Find(alert.Rule) is not { IsNotice: true };

    private Edition? EditionOf(AlertJson alert, ObligationRow? duty) =>
        rules.Find(alert.Rule)?.Editions is { } editions ? editions.FirstOrDefault(e => e.Name == duty?.Edition) ?? editions[^1] : null;
}
