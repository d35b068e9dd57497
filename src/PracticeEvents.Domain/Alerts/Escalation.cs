using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>When a duty goes up a level. It waits while somebody says that they are dealing with it: for as long again as the profile gives between overdue and escalation, in
/// working days, at least one. It waits once, however often the word is given, so that no word silences a duty for good. The due date does not move.</summary>
public static class Escalation
{
    /// <summary>When a step of a duty's profile comes, with what people have said.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="nudge">One of its steps.</param>
    /// <param name="told">Every alert of the child so far.</param>
    /// <param name="counts">True for those of them whose word counts; nothing for all.</param>
    /// <returns>UTC instant.</returns>
    public static DateTimeOffset At(Obligation duty, Nudge nudge, IReadOnlyCollection<AlertState> told, Func<AlertState, bool>? counts = null)
    {
        if (nudge.Step.Stage is not AlertStage.Escalated || !AnyWord(told) || duty.Edition.IsNotice
            || duty.Nudges.LastOrDefault(n => n.Step.Stage is AlertStage.Overdue && n.At <= nudge.At) is not { } overdue)
        {
            return nudge.At;
        }

        // Only whoever was told can hold it up. A word given before it was overdue was about the work in time, and one that comes when it
        // has gone up already does not bring it down again.
        var its = told.Where(a => a.IsLive && a.Rule == duty.Rule.Id && a.Occurrence == duty.Occurrence).ToList();
        if (its.Exists(a => a.Stage is AlertStage.Escalated) || !its.Exists(a => a.AcknowledgedBy == a.To && a.AcknowledgedAt >= overdue.At && counts?.Invoke(a) is not false))
        {
            return nudge.At;
        }

        var usual = London.DateOf(nudge.At);
        return London.StartOf(duty.Calendar.Add(usual, Math.Max(1, duty.Calendar.Between(London.DateOf(overdue.At), usual)))).ToUniversalTime();
    }

    /// <summary>The next instant, after one, at which a duty has something to say; nothing when there is none.</summary>
    public static DateTimeOffset? Next(Obligation duty, IReadOnlyCollection<AlertState> told, DateTimeOffset after)
    {
        DateTimeOffset? next = null;
        var isHeld = AnyWord(told);
        foreach (var nudge in duty.Nudges)
        {
            if (!isHeld && nudge.At > after)
            {
                return nudge.At;
            }

            if (isHeld && At(duty, nudge, told) is var at && at > after && (next is null || at < next))
            {
                next = at;
            }
        }

        return next;
    }

    // Asked for every duty at every look, nearly always of nobody's.
    internal static bool AnyWord(IReadOnlyCollection<AlertState> told)
    {
        foreach (var alert in told)
        {
            if (alert.Status is AlertStatus.Acknowledged)
            {
                return true;
            }
        }

        return false;
    }
}
