using System.Runtime.InteropServices;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>One rule run over one child's history, day by day. Within a day: what takes a duty's place comes first, then what starts one, then what meets one,
/// then what ends one, because a date alone does not say which came first and this order loses no duty.</summary>
internal sealed class RuleRun(IndexedRule indexed, History history, WorkingDays calendar)
{
    private readonly Rule rule = indexed.Rule;
    private readonly Starts starts = new(indexed.Rule, history, calendar);
    private readonly bool depends = indexed.Rule.Editions.Any(e => e.While.Count > 0);
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
                if (duty.IsOpen && duty.Start.On.Date < fact.On.Date && duty.SupersededBy(fact) is { } stop && stop.When.Hold(history, fact.On.Date, fact.On.Date, calendar))
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

        if (depends && !open.Exists(r => r.IsOpen) && starts.LatestBefore(today) is { } start && Applies(start.Edition, today))
        {
            Resume(start, today);
        }
    }

    private void Resume(Started start, DateOnly today)
    {
        if (running.FindLast(r => r.Start.On.Date == start.Fact.On.Date) is not { } known)
        {
            Add(new Running(start.Edition, start.Fact, round: 0, start.Trigger, resumedOn: today));
        }
        else if (known.Resume(today))
        {
            open.Remove(known);
            open.Add(known);
        }
    }

    private bool Applies(Edition edition, DateOnly on) => edition.While.Hold(history, on, on, calendar);

    // A duty that started after the end, by the time of day, stands; the next of a row that had begun before ends with the row.
    private void End(ReadOnlySpan<Fact> day)
    {
        foreach (var fact in day)
        {
            foreach (var duty in open)
            {
                if (duty.IsOpen && duty.StoppedBy(fact) is { } stop && (duty.Round > 0 || !(fact.On.At < duty.Start.On.At)))
                {
                    duty.EndUnmet(fact, Outcome.Stopped, stop.Because);
                }
            }
        }
    }

    private void Start(Fact fact, Edition edition)
    {
        if (starts.Of(fact, edition) is not { } trigger)
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

    private void Add(Running duty)
    {
        running.Add(duty);
        open.Add(duty);
    }
}
