using System.Runtime.InteropServices;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>One rule run over one child's history, day by day. Within a day: what takes a duty's place comes first, then what starts one, then what meets one,
/// then what ends one, because a date alone does not say which came first and this order loses no duty.</summary>
internal sealed class RuleRun(IndexedRule indexed, History history, WorkingDays calendar)
{
    private readonly Rule rule = indexed.Rule;
    private readonly List<Running> running = [];
    private readonly List<Running> open = [];

    public void AddDuties(List<Obligation> duties)
    {
        var facts = CollectionsMarshal.AsSpan(history.Heeded(indexed));
        while (facts.Length > 0)
        {
            var day = facts[..Day(facts)];
            facts = facts[day.Length..];
            var edition = rule.On(day[0].On.Date);
            Supersede(day);
            StartAnew(day, edition);
            Meet(day, edition);
            End(day);
            Depend(day);
            open.RemoveAll(r => !r.IsOpen);
        }

        foreach (var duty in running)
        {
            duties.Add(duty.Obligation(rule, history, calendar));
        }
    }

    // How many of the facts happened on the day of the first.
    private static int Day(ReadOnlySpan<Fact> facts)
    {
        var length = 1;
        while (length < facts.Length && facts[length].On.Date == facts[0].On.Date)
        {
            length++;
        }

        return length;
    }

    private void Supersede(ReadOnlySpan<Fact> day)
    {
        foreach (var fact in day)
        {
            foreach (var duty in open)
            {
                if (duty.IsOpen && duty.Start.On.Date < fact.On.Date && duty.SupersededBy(fact) is { } stop)
                {
                    duty.EndUnmet(fact, Outcome.Superseded, stop.Because);
                }
            }
        }
    }

    private void StartAnew(ReadOnlySpan<Fact> day, Edition? edition)
    {
        foreach (var fact in day)
        {
            if (edition is not null && !edition.IsMetBy(fact.Event) && Applies(edition, fact.On.Date))
            {
                Start(fact, edition);
            }
        }
    }

    private void Meet(ReadOnlySpan<Fact> day, Edition? edition)
    {
        foreach (var fact in day)
        {
            Running? met = null;
            foreach (var duty in open)
            {
                if (duty.IsMetBy(fact))
                {
                    duty.Met(fact);
                    met = duty.Round >= (met?.Round ?? 0) ? duty : met;
                }
            }

            if (edition is null || !Applies(edition, fact.On.Date))
            {
                continue;
            }

            if (met is not null && edition.Repeats)
            {
                Repeat(met, fact, edition);
            }
            else if (edition.IsMetBy(fact.Event))
            {
                Start(fact, edition);
            }
        }
    }

    private void Repeat(Running met, Fact fact, Edition edition)
    {
        if (edition.Due.Milestones.Count == 0)
        {
            Add(new Running(edition, fact, met.Round + 1));
        }
        else if (DueDates.NextMilestone(edition.Due, met.First, fact.On.Date, met.Round + 1, calendar) is { } next)
        {
            Add(new Running(edition, fact, next, first: met.First));
        }
    }

    // What depends on circumstances ends when they do, and begins with them: counted from the latest start, as if the rule had applied all along.
    private void Depend(ReadOnlySpan<Fact> day)
    {
        var today = day[^1].On.Date;
        foreach (var duty in open)
        {
            if (duty.IsOpen && duty.Edition.While.FirstOrDefault(c => !c.Holds(history, today, today, calendar)) is { } gone)
            {
                duty.Lapse(day[^1], $"Circumstances changed, so that this no longer applies: {gone.Says}");
            }
        }

        if (rule.On(today) is { While.Count: > 0 } edition && !open.Exists(r => r.IsOpen) && Applies(edition, today) && LatestStart(edition, today) is { } start)
        {
            Resume(start, edition, today);
        }
    }

    private void Resume(Fact start, Edition edition, DateOnly today)
    {
        if (running.Find(r => r.Start.Id == start.Id) is { } known)
        {
            if (known.Resume(today))
            {
                open.Remove(known);
                open.Add(known);
            }
        }
        else if (!running.Exists(r => r.WasMetInstead(start)) && Counting(start, edition) is { } trigger)
        {
            Add(new Running(edition, start, round: 0, trigger, resumedOn: today));
        }
    }

    private bool Applies(Edition edition, DateOnly on) => edition.While.Hold(history, on, on, calendar);

    // The latest start before a day that nothing has ended since.
    private Fact? LatestStart(Edition edition, DateOnly before)
    {
        Fact? latest = null;
        foreach (var trigger in edition.Starts)
        {
            latest = history.Latest(trigger, before.AddDays(-1)) is { } fact && !(latest?.On.Date >= fact.On.Date) ? fact : latest;
        }

        return latest is { } start && !edition.Stops.Any(stop => Stopped(stop, start, before)) && (edition.Outlives || !Trigger.EndEverything.Any(end => Stopped(end, start, before)))
            && !AnyBetween(edition.MetBy, start.On.Date, before.AddDays(1)) ? start : null;
    }

    // What takes a duty's place on the day of its start came before it.
    private bool Stopped(Trigger stop, Fact start, DateOnly through) => history.Any(stop, stop.Supersedes ? start.On.Date.AddDays(1) : start.On.Date, through.AddDays(1));

    private void End(ReadOnlySpan<Fact> day)
    {
        foreach (var fact in day)
        {
            foreach (var duty in open)
            {
                if (duty.IsOpen && duty.StoppedBy(fact) is { } stop && !(fact.On.At < duty.Start.On.At))
                {
                    duty.EndUnmet(fact, Outcome.Stopped, stop.Because);
                }
            }
        }
    }

    private void Start(Fact fact, Edition edition)
    {
        if (Counting(fact, edition) is not { } trigger)
        {
            return;
        }

        open.RemoveAll(r => !r.IsOpen);
        if (open.Find(r => (trigger.Continues || r.Trigger.Continues) && r.CanBeContinuedBy(fact)) is { } other)
        {
            other.Continue(trigger.Continues ? fact.Event.Ref : null);
            return;
        }

        switch (edition.Restart)
        {
            case Restart.KeepFirst when open.Count > 0:
            case Restart.Parallel when fact.Event.Ref is { } reference && open.Exists(r => r.Ref == reference && (!edition.IsNotice || r.Start.Type == fact.Type)):
                return;
            case Restart.Supersede:
                open.ForEach(r => r.EndUnmet(fact, Outcome.Superseded, "A new one started in its place."));
                break;
            default:
                break;
        }

        Add(new Running(edition, fact, round: 0, trigger));
    }

    // The first of the starts under which a fact counts.
    private Trigger? Counting(Fact fact, Edition edition)
    {
        for (var i = 0; i < edition.Starts.Count; i++)
        {
            if (edition.Starts[i].Matches(fact.Event) && Counts(fact, edition.Starts[i], edition))
            {
                return edition.Starts[i];
            }
        }

        return null;
    }

    private void Add(Running duty)
    {
        running.Add(duty);
        open.Add(duty);
    }

    // A start counts when its period is open, and when it is the first or a later one as the rule asks.
    // Where nothing says when the period began, the start itself is the evidence that it had.
    private bool Counts(Fact fact, Trigger trigger, Edition edition)
    {
        var began = DateOnly.MinValue;
        if (edition.During is { } period && history.LatestDate(period.From, fact.On.Date) is { } opened)
        {
            began = opened;
            if (opened < fact.On.Date && (AnyBetween(period.Until, opened, fact.On.Date) || (!edition.Outlives && AnyBetween(Trigger.EndEverything, opened, fact.On.Date))))
            {
                return false;
            }
        }

        return (trigger.Nth is not { } nth || history.Any(trigger, began, fact.On.Date) == nth is Nth.Later)
            && (trigger.Repeated is not { } repeated || IsRepeated(trigger, repeated, fact))
            && trigger.When.Hold(history, fact.On.Date, fact.On.Date, calendar);
    }

    // The same thing told twice of one day is one.
    private bool IsRepeated(Trigger trigger, Repeated repeated, Fact fact)
    {
        var from = repeated.Within.From(fact.On.Date, calendar, -1);
        return history.Of(trigger.Kind).Where(f => f.On.Date >= from && f.On.CompareTo(fact.On) <= 0 && trigger.Matches(f.Event))
            .Select(f => (f.On.Date, f.Event.Ref)).Distinct().Count() >= repeated.Times;
    }

    private bool AnyBetween(IReadOnlyList<Trigger> triggers, DateOnly after, DateOnly before)
    {
        for (var i = 0; i < triggers.Count; i++)
        {
            if (history.Any(triggers[i], after.AddDays(1), before))
            {
                return true;
            }
        }

        return false;
    }
}
