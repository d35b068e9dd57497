using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>One rule run over one child's history, day by day. Within a day: what takes a duty's place comes first, then what starts one, then what meets one,
/// then what ends one, because a date alone does not say which came first and this order loses no duty.</summary>
internal sealed class RuleRun(Rule rule, History history, WorkingDays calendar)
{
    private static readonly Trigger[] EndsEverything =
    [
        new(EventCatalogue.Kind<ChildDied>(), []) { Because = "The child died." },
        new(EventCatalogue.Kind<CaseClosed>(), []) { Because = "The case was closed." },
    ];

    private readonly List<Running> running = [];

    public IEnumerable<Obligation> Duties()
    {
        foreach (var day in RelevantDays())
        {
            var edition = rule.On(day.Key);
            Supersede(day);
            StartAnew(day, edition);
            Meet(day, edition);
            End(day);
        }

        return running.Select(r => r.Obligation(rule, history, calendar));
    }

    private IEnumerable<IGrouping<DateOnly, Fact>> RelevantDays()
    {
        var starts = rule.Editions.SelectMany(e => e.Starts).Select(t => t.Kind).Distinct();
        if (!starts.Any(k => history.Of(k).Count > 0))
        {
            return [];
        }

        var kinds = rule.Editions.SelectMany(e => e.Starts.Concat(e.MetBy).Concat(e.Stops)).Concat(EndsEverything).Select(t => t.Kind).ToHashSet();
        return history.Facts.Where(f => kinds.Contains(EventCatalogue.KindOf(f.Event))).GroupBy(f => f.On.Date);
    }

    private void Supersede(IEnumerable<Fact> day)
    {
        foreach (var fact in day)
        {
            foreach (var open in running.Where(r => r.IsOpen && r.Start.On.Date < fact.On.Date))
            {
                if (open.Edition.Stops.FirstOrDefault(t => t.Supersedes && t.Matches(fact.Event)) is { } stop)
                {
                    open.EndUnmet(fact, Outcome.Superseded, stop.Because);
                }
            }
        }
    }

    private void StartAnew(IEnumerable<Fact> day, Edition? edition)
    {
        foreach (var fact in day)
        {
            if (edition is not null && !edition.MetBy.Any(t => t.Matches(fact.Event)))
            {
                Start(fact, edition, round: 0);
            }
        }
    }

    private void Meet(IEnumerable<Fact> day, Edition? edition)
    {
        foreach (var fact in day)
        {
            var met = running.Where(r => r.IsMetBy(fact)).ToList();
            met.ForEach(r => r.Met(fact));
            if (edition is null)
            {
                continue;
            }

            if (met.Count > 0 && edition.Repeats)
            {
                running.Add(new Running(edition, fact, met.Max(r => r.Round) + 1));
            }
            else if (edition.MetBy.Any(t => t.Matches(fact.Event)))
            {
                Start(fact, edition, round: 0);
            }
        }
    }

    private void End(IEnumerable<Fact> day)
    {
        foreach (var fact in day)
        {
            foreach (var open in running.Where(r => r.IsOpen))
            {
                var stop = EndsEverything.FirstOrDefault(t => t.Matches(fact.Event))
                    ?? open.Edition.Stops.FirstOrDefault(t => !t.Supersedes && t.Matches(fact.Event) && open.SameRef(fact));
                if (stop is not null && !(fact.On.At < open.Start.On.At))
                {
                    open.EndUnmet(fact, Outcome.Stopped, stop.Because);
                }
            }
        }
    }

    private void Start(Fact fact, Edition edition, int round)
    {
        if (edition.Starts.FirstOrDefault(t => t.Matches(fact.Event)) is not { } trigger || !Counts(fact, trigger, edition))
        {
            return;
        }

        var open = running.Where(r => r.IsOpen).ToList();
        if (open.Find(r => (trigger.Continues || r.Trigger.Continues) && r.CanBeContinuedBy(fact)) is { } other)
        {
            other.Continue(trigger.Continues ? fact.Event.Ref : null);
            return;
        }

        switch (edition.Restart)
        {
            case Restart.KeepFirst when open.Count > 0:
            case Restart.Parallel when fact.Event.Ref is { } reference && open.Any(r => r.Ref == reference && (!edition.IsNotice || r.Start.Type == fact.Type)):
                return;
            case Restart.Supersede:
                open.ForEach(r => r.EndUnmet(fact, Outcome.Superseded, "A new one started in its place."));
                break;
            default:
                break;
        }

        running.Add(new Running(edition, fact, round, trigger));
    }

    // A start counts when its period is open, and when it is the first or a later one as the rule asks.
    // Where nothing says when the period began, the start itself is the evidence that it had.
    private bool Counts(Fact fact, Trigger trigger, Edition edition)
    {
        var began = DateOnly.MinValue;
        if (edition.During is { } period)
        {
            var openings = Matching(period.From, fact.On.Date).Select(f => f.On.Date).ToList();
            if (openings.Count > 0)
            {
                began = openings.Max();
                if (Matching(period.Until.Concat(EndsEverything), fact.On.Date).Any(f => f.On.Date > began && f.On.Date < fact.On.Date))
                {
                    return false;
                }
            }
        }

        return trigger.Nth is not { } nth
            || Matching([trigger], fact.On.Date).Any(f => f.On.Date >= began && f.On.Date < fact.On.Date) == nth is Nth.Later;
    }

    private IEnumerable<Fact> Matching(IEnumerable<Trigger> triggers, DateOnly through) =>
        triggers.SelectMany(t => history.Of(t.Kind).Where(f => f.On.Date <= through && t.Matches(f.Event)));
}
