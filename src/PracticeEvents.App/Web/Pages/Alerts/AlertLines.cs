using PracticeEvents.App.Web.Pages.Children;
using System.Security.Claims;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>A reader's alerts, each with its duty as it stands now.</summary>
internal sealed class AlertLines(
    NpgsqlDataSource source, AlertDesk desk, SettledAlerts settled, ViewReader reader, ObligationsView obligations, RuleBook rules, WorkingDays calendar, TimeProvider time)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The choices of the page with the words of their links.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Views =
        [("mine", "Mine"), ("team", "My team"), ("watching", "Watching"), ("done", "Done this week")];

    private static readonly AlertStatus[] Live = [AlertStatus.Open, AlertStatus.Acknowledged];

    /// <summary>How many alerts one choice has.</summary>
    public async Task<int> CountAsync(ClaimsPrincipal user, string view, CancellationToken ct) =>
        view is "team" or "watching" ? await desk.CountAsync(user, view, Live, ct) : (await AlertsAsync(user, view, ct)).Count;

    /// <summary>The alerts of one choice, without their duties.</summary>
    public async Task<IReadOnlyList<AlertJson>> AlertsAsync(ClaimsPrincipal user, string view, CancellationToken ct)
    {
        if (view != "done")
        {
            return await desk.ListAsync(user, view == "mine" ? "me" : view, Live, ct);
        }

        var lately = await DoneAsync(user, ct);
        return [.. (await desk.OwnAsync(user, [.. lately.Keys], ct)).Where(a => a.Status is AlertStatus.Settled)];
    }

    /// <summary>The lines for some alerts: what needs someone first, then by due date.</summary>
    public async Task<IReadOnlyList<AlertLine>> OfAsync(ClaimsPrincipal user, IReadOnlyList<AlertJson> alerts, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var children = alerts.Select(a => a.Child).Distinct(StringComparer.Ordinal).ToList();
        var asked = ObligationsView.Of(alerts.Select(a => a.Occurrence).ToHashSet());
        var duties = (await reader.RowsAsync(obligations, children, asked, null, ct)).ToDictionary(d => (d.Child, d.Rule, d.Occurrence));
        var unmonitored = await Unmonitored.AllAsync(source, ct);
        var done = alerts.Any(a => a.Status is AlertStatus.Settled) ? await DoneAsync(user, ct) : new Dictionary<string, DateTimeOffset>();
        return
        [
            .. from alert in alerts
               let duty = duties.GetValueOrDefault((alert.Child, alert.Rule, alert.Occurrence))
               let line = new AlertLine(
                   alert, duty, Standing(alert, duty, !unmonitored.ContainsKey(alert.Child), now), EditionOf(alert, duty),
                   done.TryGetValue(alert.Id, out var at) ? at : null)
               orderby line.Order, alert.Due, alert.Child, alert.Id
               select line,
        ];
    }

    private Task<IReadOnlyDictionary<string, DateTimeOffset>> DoneAsync(ClaimsPrincipal user, CancellationToken ct) =>
        settled.SinceAsync(user.Identity?.Name ?? "", time.GetUtcNow() - Week, ct);

    private DutyStanding? Standing(AlertJson alert, ObligationRow? duty, bool watched, DateTimeOffset now) =>
        duty is not null ? DutyStanding.Of(duty, watched, calendar, now)
        : alert.Rule == UncoveredDuties.Rule || (rules.Find(alert.Rule)?.Editions.Any(e => e.IsNotice) ?? false) ? null
        : new DutyStanding("cannot_tell", "because the record that this rested on is being worked through again");

    private Edition? EditionOf(AlertJson alert, ObligationRow? duty) =>
        rules.Find(alert.Rule)?.Editions is { } editions ? editions.FirstOrDefault(e => e.Name == duty?.Edition) ?? editions[^1] : null;
}
