using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>How an alert ends once its duty no longer asks for it: settled by the practice event, or withdrawn with the reason.</summary>
internal static class Ending
{
    public static AlertEvent Of(AlertState alert, Obligation? duty) => duty switch
    {
        null => Withdrawn(alert, "The record that it rested on was corrected or withdrawn."),
        { Outcome: Outcome.Met, EndedBy: { } by } when SaidLate(alert) && !IsLate(duty) =>
            Withdrawn(
                alert,
                $"It was not overdue: it was done on {Explanation.Day(duty.MetOn!.Value.Date)}, in time, "
                + $"and recorded on {Explanation.Day(London.DateOf(by.RecordedAt))}.",
                by.EventId),
        { Outcome: Outcome.Met, EndedBy: { } by } => new AlertSettled { Alert = alert.Id, Because = [by.EventId] },
        { Outcome: Outcome.Open, Due: { } due } when due.InUtc != alert.Due =>
            Withdrawn(alert, $"The due date moved from {Explanation.Day(alert.Due.Date)} to {Explanation.Day(due.Date)}."),
        { Outcome: Outcome.Open } => Withdrawn(alert, "Somebody else is told now: the case, the post or the cover changed hands."),
        _ => Withdrawn(alert, duty.Because ?? "The duty ended.", duty.EndedBy?.EventId),
    };

    private static bool SaidLate(AlertState alert) => alert.Stage is AlertStage.Overdue or AlertStage.Escalated;

    private static bool IsLate(Obligation duty) => duty.Due is { } due && due.IsLate(duty.MetOn!.Value);

    private static AlertWithdrawn Withdrawn(AlertState alert, string why, string? by = null) =>
        new() { Alert = alert.Id, Because = by is null ? [why] : [why, by] };
}
