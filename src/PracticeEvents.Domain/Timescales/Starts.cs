using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>A fact as the start of a duty.</summary>
/// <param name="Fact">What happened.</param>
/// <param name="Trigger">What it counts as.</param>
/// <param name="Edition">The edition of its day.</param>
internal sealed record Started(Fact Fact, Trigger Trigger, Edition Edition);

/// <summary>Which facts of a child's history start a duty of a rule.</summary>
internal sealed class Starts(Rule rule, History history, WorkingDays calendar)
{
    /// <summary>What a fact starts a duty as: the first under which it counts; nothing when it starts none.</summary>
    public Trigger? Of(Fact fact, Edition edition)
    {
        for (var i = 0; i < edition.Starts.Count; i++)
        {
            if (edition.Starts[i] is var trigger && trigger.Matches(fact.Event) && Counts(fact, trigger, edition))
            {
                return IsReplacedThatDay(fact, edition) ? null : trigger;
            }
        }

        return null;
    }

    /// <summary>The latest start before a London date, under the edition of its own day; nothing when there is none, or when something has met or ended it since.</summary>
    public Started? LatestBefore(DateOnly today)
    {
        Started? latest = null;
        foreach (var edition in rule.Editions)
        {
            for (var i = 0; i < edition.Starts.Count; i++)
            {
                if (edition.Starts.IsFirstOfItsKind(i) && LatestOf(edition.Starts[i].Kind, edition, today) is { } start && !(latest?.Fact.On.Date >= start.Fact.On.Date))
                {
                    latest = start;
                }
            }
        }

        return latest is null || IsOver(latest.Fact, latest.Edition, today) ? null : latest;
    }

    private Started? LatestOf(EventKind kind, Edition edition, DateOnly today)
    {
        var facts = history.Of(kind);
        for (var i = facts.Count - 1; i >= 0; i--)
        {
            if (facts[i].On.Date < today && rule.On(facts[i].On.Date) == edition && Of(facts[i], edition) is { } trigger)
            {
                return new Started(facts[i], trigger, edition);
            }
        }

        return null;
    }

    private bool IsOver(Fact start, Edition edition, DateOnly today) =>
        edition.Stops.Concat(edition.Outlives ? [] : Trigger.EndEverything).Any(stop => history.Of(stop.Kind)
            .Any(f => f.On.Date <= today && stop.Matches(f.Event) && Ends(stop, f, start)))
        || edition.MetBy.Any(met => history.Of(met.Kind).Any(f => f.On.Date <= today && met.Matches(f.Event) && Running.Follows(f, start)));

    // What takes a duty's place on the day of its start came before it.
    private bool Ends(Trigger stop, Fact fact, Fact start) => stop.Supersedes
        ? fact.On.Date > start.On.Date && stop.When.Hold(history, fact.On.Date, fact.On.Date, calendar)
        : fact.On.Date >= start.On.Date && !(fact.On.At < start.On.At);

    // Where the times of day say that what takes its place came later on the day of the start, there was nothing left to start.
    private bool IsReplacedThatDay(Fact fact, Edition edition) =>
        fact.On.At is { } at && edition.Stops.Any(stop => stop.Supersedes
            && history.Of(stop.Kind).Any(f => f.On.Date == fact.On.Date && f.On.At > at && stop.Matches(f.Event) && stop.When.Hold(history, f.On.Date, f.On.Date, calendar)));

    // A start counts when its period is open, and when it is the first or a later one as the rule asks.
    // Where nothing says when the period began, the start itself is the evidence that it had.
    private bool Counts(Fact fact, Trigger trigger, Edition edition)
    {
        var began = DateOnly.MinValue;
        if (edition.During is { } period && history.LatestDate(period.From, fact.On.Date) is { } opened)
        {
            began = opened;
            if (opened < fact.On.Date && period.Until.Concat(edition.Outlives ? [] : Trigger.EndEverything).Any(t => IsClosed(t, opened, fact)))
            {
                return false;
            }
        }

        return (trigger.Nth is not { } nth || history.Any(trigger, began, fact.On.Date) == nth is Nth.Later)
            && (trigger.Repeated is not { } repeated || IsRepeated(trigger, repeated, fact))
            && trigger.When.Hold(history, fact.On.Date, fact.On.Date, calendar);
    }

    // On the day of the start only what is known to have come before it has closed the period.
    private bool IsClosed(Trigger until, DateOnly opened, Fact start) => history.Any(until, opened.AddDays(1), start.On.Date)
        || (start.On.At is { } at && history.Of(until.Kind).Any(f => f.On.Date == start.On.Date && f.On.At < at && until.Matches(f.Event)));

    // The same thing told twice of one day is one.
    private bool IsRepeated(Trigger trigger, Repeated repeated, Fact fact)
    {
        var from = repeated.Within.From(fact.On.Date, calendar, -1);
        return history.Of(trigger.Kind).Where(f => f.On.Date >= from && f.On.CompareTo(fact.On) <= 0 && trigger.Matches(f.Event))
            .Select(f => (f.On.Date, f.Event.Ref)).Distinct().Count() >= repeated.Times;
    }
}
