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
            if (edition is not null && !edition.IsMetBy(fact.Event))
            {
                Start(fact, edition);
            }
        }
    }

    private void Meet(ReadOnlySpan<Fact> day, Edition? edition)
    {
        foreach (var fact in day)
        {
            var round = -1;
            foreach (var duty in open)
            {
                if (duty.IsMetBy(fact))
                {
                    duty.Met(fact);
                    round = Math.Max(round, duty.Round);
                }
            }

            if (round >= 0 && edition is { Repeats: true })
            {
                Add(new Running(edition, fact, round + 1));
            }
            else if (edition is not null && edition.IsMetBy(fact.Event))
            {
                Start(fact, edition);
            }
        }
    }

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
        if (edition.Starts.FirstMatching(fact.Event) is not { } trigger || !Counts(fact, trigger, edition))
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

    // A start counts when its period is open, and when it is the first or a later one as the rule asks.
    // Where nothing says when the period began, the start itself is the evidence that it had.
    private bool Counts(Fact fact, Trigger trigger, Edition edition)
    {
        var began = DateOnly.MinValue;
        if (edition.During is { } period && history.LatestDate(period.From, fact.On.Date) is { } opened)
        {
            began = opened;
            if (opened < fact.On.Date && (AnyBetween(period.Until, opened, fact.On.Date) || AnyBetween(Trigger.EndEverything, opened, fact.On.Date)))
            {
                return false;
            }
        }

        return trigger.Nth is not { } nth || history.Any(trigger, began, fact.On.Date) == nth is Nth.Later;
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
