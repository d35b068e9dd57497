using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>Reminders that people asked for. One comes at the start of its London date, once, and never after the due date.</summary>
public static class Reminders
{
    /// <summary>When an alert's reminder comes (UTC); nothing when none is asked for, or it would come after the duty is due.</summary>
    public static DateTimeOffset? At(AlertState alert, IReadOnlyList<Obligation> duties) =>
        alert is { IsLive: true, RemindOn: { } on }
        && duties.Any(d => d.Rule.Id == alert.Rule && d.Occurrence == alert.Occurrence
            && d is { Outcome: Outcome.Open, Due: { } due } && on <= due.Date)
            ? London.StartOf(on).ToUniversalTime()
            : null;

    /// <summary>The reminders that have come.</summary>
    public static IEnumerable<AlertEvent> Due(IReadOnlyCollection<AlertState> told, IReadOnlyList<Obligation> duties, DateTimeOffset now) =>
        from alert in told
        where At(alert, duties) <= now
        orderby alert.Id
        select new AlertReminded { Alert = alert.Id, On = Happened.AtInstant(now) };
}
