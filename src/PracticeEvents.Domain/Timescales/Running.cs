using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>A duty while its rule is being run over the history.</summary>
/// <param name="edition">The edition that it keeps.</param>
/// <param name="start">The fact that started it.</param>
/// <param name="round">0 for the first of a row.</param>
/// <param name="trigger">What the fact started it as.</param>
/// <param name="first">The fact that started the first of the row.</param>
/// <param name="resumedOn">The London date on which circumstances made it count, where its start is older than they are.</param>
internal sealed class Running(Edition edition, Fact start, int round, Trigger? trigger = null, Fact? first = null, DateOnly? resumedOn = null)
{
    private Outcome outcome;
    private Fact? endedBy;
    private Happened? metOn;
    private string? because;
    private DateOnly? counts = resumedOn;
    private bool lapsed;
    private bool continued;

    public Edition Edition { get; } = edition;

    public Fact Start { get; } = start;

    public int Round { get; } = round;

    public Fact First { get; } = first ?? start;

    public Trigger Trigger { get; } = trigger ?? edition.Starts[0];

    public string? Ref { get; private set; } = start.Event.Ref;

    // A decision to assess carries the referral's reference; until an assessment takes it on, any sign-off is the answer to it.
    private bool AwaitsContinuation => !continued && !Trigger.Continues && Edition.Starts.Any(t => t.Continues);

    public bool IsOpen => outcome is Outcome.Open;

    // Not met by what happened before it started; nor, on the day it started, by another event of the kind that started it, which is the same one told twice.
    public bool IsMetBy(Fact fact) => IsOpen
        && fact.Id != Start.Id
        && Follows(fact, Start)
        && MeetingTrigger(fact) is not null;

    // True for what happened after a start as far as is known: on the day of the start that is everything but what is known to have come before, and its like.
    public static bool Follows(Fact fact, Fact start) =>
        fact.Event.GetType() == start.Event.GetType() ? fact.On.Date > start.On.Date : !Before(fact.On, start.On);

    // What takes the duty's place at the start of its day.
    public Trigger? SupersededBy(Fact fact)
    {
        for (var i = 0; i < Edition.Stops.Count; i++)
        {
            if (Edition.Stops[i] is { Supersedes: true } stop && stop.Matches(fact.Event))
            {
                return stop;
            }
        }

        return null;
    }

    // What ends the duty unmet.
    public Trigger? StoppedBy(Fact fact)
    {
        if (!Edition.Outlives && Trigger.EndEverything.FirstMatching(fact.Event) is { } end)
        {
            return end;
        }

        for (var i = 0; i < Edition.Stops.Count; i++)
        {
            if (Edition.Stops[i] is { Supersedes: false } stop && stop.Matches(fact.Event) && SameRef(fact))
            {
                return stop;
            }
        }

        return null;
    }

    public void Met(Fact fact)
    {
        outcome = Outcome.Met;
        endedBy = fact;
        metOn = Edition.JudgedOnRecording ? Happened.AtInstant(fact.RecordedAt) : fact.On;
    }

    public void EndUnmet(Fact fact, Outcome how, string? why)
    {
        outcome = how;
        endedBy = fact;
        because = why;
    }

    // Circumstances have changed, and may change back.
    public void Lapse(Fact fact, string why)
    {
        EndUnmet(fact, Outcome.Superseded, why);
        lapsed = true;
    }

    public bool Resume(DateOnly on)
    {
        if (lapsed)
        {
            (outcome, endedBy, because, counts, lapsed) = (Outcome.Open, null, null, on, false);
        }

        return IsOpen;
    }

    public bool CanBeContinuedBy(Fact fact) => !continued && fact.Event.GetType() != Start.Event.GetType();

    public void Continue(string? reference)
    {
        continued = true;
        Ref = reference ?? Ref;
    }

    public Obligation Obligation(Rule rule, History history, WorkingDays calendar)
    {
        var days = Edition.Due.LocalClosures ? calendar.WithClosures : calendar;
        var calculation = DueDates.Of(new Counting(Edition.Due, Edition.SameRef, Start, First, Round, counts, endedBy?.On.Date, history, days));
        return new Obligation
        {
            Rule = rule,
            Edition = Edition,
            Occurrence = Start.Id,
            StartedBy = Start,
            Round = Round,
            Calculation = calculation,
            Calendar = days,
            Outcome = outcome,
            EndedBy = endedBy,
            MetOn = metOn,
            Because = because ?? (calculation.Due is null ? calculation.Missing ?? "The date is not recorded." : null),
            Nudges = NudgeTimes.Of(Edition.Alerts, Start.On, calculation, calendar),
            Quality = Quality.Of(Edition, endedBy, history, calendar),
            SentBefore = Edition.Checklist.Count == 0 ? 0 : Quality.Before(Start, history),
        };
    }

    private Trigger? MeetingTrigger(Fact fact)
    {
        for (var i = 0; i < Edition.MetBy.Count; i++)
        {
            if (Edition.MetBy[i] is var trigger && trigger.Matches(fact.Event) && (trigger.AnyRef || AwaitsContinuation || SameRef(fact)))
            {
                return trigger;
            }
        }

        return null;
    }

    private bool SameRef(Fact fact) => !Edition.SameRef || Ref is null || fact.Event.Ref is null || Ref == fact.Event.Ref;

    private static bool Before(Happened a, Happened b) => a is { At: { } x } && b is { At: { } y } ? x < y : a.Date < b.Date;
}
