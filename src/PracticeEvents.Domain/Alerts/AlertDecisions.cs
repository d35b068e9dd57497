using System.Globalization;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>Acts on the difference between what a child's duties ask for now and what people were told before.</summary>
public static class AlertDecisions
{
    /// <summary>The alert events that bring what people were told into line with the duties. Deciding again with the result changes nothing.</summary>
    /// <param name="child">Child reference.</param>
    /// <param name="duties">Every duty of the child.</param>
    /// <param name="told">Every alert of the child so far.</param>
    /// <param name="recipients">Who is told in which role.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="load">The load whose history is being taken in, during which nobody is told one by one; nothing otherwise.</param>
    public static IReadOnlyList<AlertEvent> Decide(
        string child,
        IReadOnlyList<Obligation> duties,
        IReadOnlyCollection<AlertState> told,
        IRecipients recipients,
        DateTimeOffset now,
        string? load)
    {
        var events = new List<AlertEvent>();
        var known = told.ToDictionary(a => a.Id, StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var on = Happened.AtInstant(now);
        foreach (var duty in duties.Where(d => d.Outcome is Outcome.Open))
        {
            foreach (var (to, (stage, role)) in Wanted(duty, told, recipients, now))
            {
                var id = AlertState.IdOf(child, duty.Rule.Id, duty.Occurrence, to);
                asked.Add(id);
                if (!known.TryGetValue(id, out var alert))
                {
                    events.Add(new AlertRaised
                    {
                        Alert = id,
                        On = on,
                        Child = child,
                        Rule = duty.Rule.Id,
                        Occurrence = duty.Occurrence.ToString("D", CultureInfo.InvariantCulture),
                        Stage = stage,
                        Role = role,
                        To = to,
                        Due = Due(duty),
                        Because = [duty.StartedBy.EventId],
                        Quiet = load is not null,
                        Load = load,
                    });
                }
                else if (IsNews(alert, duty, stage))
                {
                    events.Add(new AlertStageReached { Alert = id, On = on, Stage = stage, Due = Due(duty), Quiet = load is not null, Load = load });
                }
            }
        }

        // Nobody is reminded of what goes to somebody else from now on.
        events.AddRange(Reminders.Due(told, duties, now).Where(e => asked.Contains(e.Alert)));
        foreach (var alert in told.Where(a => a.IsLive && a.Rule != UncoveredDuties.Rule && !asked.Contains(a.Id)).OrderBy(a => a.Id, StringComparer.Ordinal))
        {
            var duty = duties.FirstOrDefault(d => d.Rule.Id == alert.Rule && d.Occurrence == alert.Occurrence);
            if (duty is { Outcome: Outcome.Open, Edition.IsNotice: true } && IsFresh(duty))
            {
                continue;
            }

            events.Add(Ending.Of(alert, duty) with { On = on });
        }

        return events;
    }

    // For each person, the highest stage that they are to be told of by now.
    private static Dictionary<string, (AlertStage Stage, Role Role)> Wanted(
        Obligation duty, IReadOnlyCollection<AlertState> told, IRecipients recipients, DateTimeOffset now)
    {
        if (duty.Edition.IsNotice && !IsFresh(duty))
        {
            return new(StringComparer.Ordinal);
        }

        var reached = duty.Nudges.Where(n => n.At <= now && !(n.Step.Stage is AlertStage.Escalated && WasRead(duty, told, recipients))).ToList();
        if (!Escalation.AnyWord(told) || !reached.Exists(n => n.Step.Stage is AlertStage.Escalated))
        {
            return ToTell(reached, duty, told, recipients);
        }

        // Only the word of somebody who is still told holds anything up.
        var wanted = ToTell(reached.Where(n => n.Step.Stage is not AlertStage.Escalated), duty, told, recipients);
        return ToTell(reached.Where(n => Escalation.At(duty, n, told, a => wanted.ContainsKey(a.To)) <= now), duty, told, recipients);
    }

    private static Dictionary<string, (AlertStage Stage, Role Role)> ToTell(
        IEnumerable<Nudge> reached, Obligation duty, IReadOnlyCollection<AlertState> told, IRecipients recipients)
    {
        var wanted = new Dictionary<string, (AlertStage, Role)>(StringComparer.Ordinal);
        var isIndependent = UncoveredDuties.Owner(duty) is Role.Iro or Role.CpChair;
        foreach (var step in reached.Select(n => n.Step))
        {
            foreach (var role in step.To)
            {
                foreach (var worker in PassedOn.Holders(recipients.Of(role, isIndependent), duty, told, recipients))
                {
                    // Told once for a stage, in the role that the profile names first: a manager who also stands in for others is told as the manager.
                    if (!wanted.TryGetValue(worker, out var so) || so.Item1 != step.Stage)
                    {
                        wanted[worker] = (step.Stage, role);
                    }
                }
            }
        }

        return wanted;
    }

    // A notice that everybody concerned has read does not go up a level: everybody who was told, or has it now in their place.
    private static bool WasRead(Obligation notice, IReadOnlyCollection<AlertState> told, IRecipients recipients)
    {
        if (!notice.Edition.IsNotice)
        {
            return false;
        }

        var sent = told.Where(a => a.Rule == notice.Rule.Id && a.Occurrence == notice.Occurrence && a.Stage is AlertStage.ToKnow).ToList();
        return sent.Exists(a => a.Status is AlertStatus.Settled)
            && sent.TrueForAll(a => a.Status is AlertStatus.Settled || a.PassedTo is not null
                || recipients.InFor(a.To) is var standing && standing != a.To
                    && sent.Exists(s => s.To == standing && s.Status is AlertStatus.Settled));
    }

    private static bool IsFresh(Obligation notice) =>
        notice.Edition.NoticeFor is { } fresh && fresh.From(notice.StartedOn.Date, notice.Calendar) >= London.DateOf(notice.StartedBy.ReceivedAt);

    // A notice that was read stays read; anything else that is asked for again is news when its stage or its due date is new.
    private static bool IsNews(AlertState alert, Obligation duty, AlertStage stage) => duty.Edition.IsNotice
        ? alert.Status is AlertStatus.Withdrawn || (alert.IsLive && alert.Stage != stage)
        : !alert.IsLive || alert.Stage != stage || alert.Due != duty.Due!.Value.InUtc;

    private static Happened Due(Obligation duty) => new(duty.Due!.Value.Date, duty.Due.Value.At?.ToUniversalTime());
}
