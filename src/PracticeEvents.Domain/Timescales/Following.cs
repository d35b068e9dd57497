using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>Duties that hang on other duties: the mid-point between one review and the next. One for each cycle; it moves when either end of the cycle does.</summary>
internal static class Following
{
    /// <summary>Adds the duties of a rule that follows others to those worked out so far. Of two cycles with the same beginning, as where a council's own review runs beside the
    /// statutory one, there is one duty: of the one that is open, or else was checked, or else ends first. What started it is its identity.</summary>
    public static void AddDuties(Rule rule, List<Obligation> duties, History history, WorkingDays calendar)
    {
        var others = duties.Count;
        for (var i = 0; i < others; i++)
        {
            var cycle = duties[i];
            if (cycle.Due is not null && rule.On(cycle.StartedOn.Date) is { } edition && edition.Follows.Contains(cycle.Rule.Id))
            {
                Add(Of(rule, edition, cycle, history, calendar));
            }
        }

        void Add(Obligation duty)
        {
            var twin = duties.FindIndex(others, d => d.Occurrence == duty.Occurrence);
            if (twin < 0)
            {
                duties.Add(duty);
            }
            else if (Rank(duty).CompareTo(Rank(duties[twin])) < 0)
            {
                duties[twin] = duty;
            }
        }
    }

    private static (int Ended, DateOnly? Due) Rank(Obligation duty) => (duty.Outcome switch { Outcome.Open => 0, Outcome.Met => 1, _ => 2 }, duty.Due?.Date);

    private static Obligation Of(Rule rule, Edition edition, Obligation cycle, History history, WorkingDays calendar)
    {
        var calculation = DueDates.MidPoint(cycle.StartedBy, End(edition, cycle, history), calendar);
        var met = edition.MetBy.SelectMany(t => history.Of(t.Kind).Where(f => t.Matches(f.Event)))
            .Where(f => f.On.Date >= cycle.StartedOn.Date && (cycle.EndedBy is not { } end || f.On.Date <= end.On.Date))
            .OrderBy(f => f.On).FirstOrDefault();
        var ended = met is null ? cycle.EndedBy : null;
        return new Obligation
        {
            Rule = rule,
            Edition = edition,
            Occurrence = cycle.Occurrence,
            StartedBy = cycle.StartedBy,
            Calculation = calculation,
            Calendar = calendar,
            Outcome = met is not null ? Outcome.Met : ended is null ? Outcome.Open : Outcome.Stopped,
            EndedBy = met ?? ended,
            MetOn = met?.On,
            Because = ended is null ? null : cycle.Outcome is Outcome.Met ? "The review was held and no mid-point check had been recorded." : cycle.Because,
            Nudges = NudgeTimes.Of(edition.Alerts, cycle.StartedOn, calculation, calendar),
        };
    }

    // A booked review brings the end of the cycle forward. It never puts it off: booking a review late does not make the check due later.
    private static DateOnly End(Edition edition, Obligation cycle, History history)
    {
        var due = cycle.Due!.Value.Date;
        var booked = history.Of(EventCatalogue.Kind<ReviewScheduled>())
            .Where(f => f.Event is ReviewScheduled review && EventName.Word(review.Cycle) == edition.Cycle
                && f.On.Date >= cycle.StartedOn.Date && review.ReviewOn > cycle.StartedOn.Date)
            .Select(f => ((ReviewScheduled)f.Event).ReviewOn)
            .LastOrDefault(due);
        return booked < due ? booked : due;
    }
}
