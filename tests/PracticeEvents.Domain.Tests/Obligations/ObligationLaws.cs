using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;
using Xunit;
using Outcome = PracticeEvents.Domain.Timescales.Outcome;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>What holds of the duties of any child, whatever was told of them.</summary>
public sealed class ObligationLaws
{
    [Fact]
    public void Any_order_of_arrival_gives_the_same_duties() => Holds(300, told =>
    {
        var expected = Facts.Words(Facts.Duties(told.Facts));
        return new[] { 1, 2, 3 }.All(seed => expected.SequenceEqual(Facts.Words(Facts.Duties(Facts.Arriving(Shuffled(told.Facts, seed))))));
    });

    [Fact]
    public void A_history_that_grows_is_the_one_that_is_read_whole() => Holds(300, told =>
    {
        var facts = told.Facts.Where(f => f.Event is not (RecordedInError or Corrected)).DistinctBy(f => f.Id).ToList();
        var (whole, grown) = (History.Of(facts), History.Of(facts.Take(facts.Count / 3)).Plus(facts.Skip(facts.Count / 3)));
        return whole.Facts.SequenceEqual(grown.Facts) && whole.Kinds.SequenceEqual(grown.Kinds);
    });

    [Fact]
    public void Telling_a_fact_and_withdrawing_it_restores_what_was() => Holds(300, told =>
    {
        if (told.Facts.Count == 0)
        {
            return true;
        }

        var last = told.Facts[^1];
        var before = told.Facts.Where(f => f != last && !Names(f, last)).ToList();
        return Same(before, [.. before, last, Facts.InError(last, "oops", told.Facts.Max(f => f.RecordedAt).AddDays(1))]);
    });

    [Fact]
    public void Withdrawing_a_withdrawal_brings_the_fact_back() => Holds(300, told =>
    {
        if (told.Facts.FirstOrDefault(f => f.Event is not (RecordedInError or Corrected)) is not { } wrong)
        {
            return true;
        }

        var later = told.Facts.Max(f => f.RecordedAt).AddDays(1);
        var withdrawn = Facts.InError(wrong, "oops", later);
        return Same(told.Facts, [.. told.Facts, withdrawn, Facts.InError(withdrawn, "not-oops", later.AddHours(1))]);
    });

    [Fact]
    public void A_withdrawal_that_is_withdrawn_in_the_same_moment_or_by_news_that_came_first_withdraws_nothing() => Holds(300, told =>
    {
        if (told.Facts.FirstOrDefault(f => f.Event is not (RecordedInError or Corrected)) is not { } wrong)
        {
            return true;
        }

        var later = told.Facts.Max(f => f.RecordedAt).AddDays(1);
        var withdrawn = Facts.InError(wrong, "oops", later);
        return Same(told.Facts, [.. told.Facts, withdrawn, Facts.InError(withdrawn, "not-oops", later)])
            && Same(told.Facts, [.. told.Facts, withdrawn, Facts.InError(withdrawn, "not-oops", later.AddHours(-1))]);
    });

    [Fact]
    public void A_correction_that_is_withdrawn_leaves_the_fact_as_it_was() => Holds(300, told =>
    {
        if (told.Facts.FirstOrDefault(f => f.Event is not (RecordedInError or Corrected)) is not { } wrong)
        {
            return true;
        }

        var later = told.Facts.Max(f => f.RecordedAt).AddDays(1);
        var moved = Facts.Moved(wrong, 9, "moved", later);
        return Same(told.Facts, [.. told.Facts, moved, Facts.InError(moved, "not-moved", later.AddHours(1))]);
    });

    [Fact]
    public void A_duty_is_open_or_it_has_ended_and_never_both() => HoldsOfDuties(d => d.Outcome switch
    {
        Outcome.Open => d is { EndedBy: null, MetOn: null, MetLate: false },
        Outcome.Met => d is { EndedBy: not null, MetOn: not null } && d.EndedBy.On.Date >= d.StartedOn.Date,
        _ => d is { EndedBy: not null, MetOn: null, MetLate: false, Because.Length: > 0 } && d.EndedBy.On.Date >= d.StartedOn.Date,
    });

    [Fact]
    public void A_duty_is_known_by_its_rule_and_what_started_it() => Holds(300, told =>
        Facts.Duties(told.Facts).GroupBy(d => (d.Rule.Id, d.Occurrence)).All(g => g.Count() == 1));

    // What is due so long before a date is counted from a day that is still to come.
    [Fact]
    public void A_due_date_never_lies_before_what_it_is_counted_from_and_is_planned_for_on_a_working_day() => HoldsOfDuties(d =>
        d.Due is not { } due
            || (due.Date >= (d.Edition.Due.Before is null ? d.Calculation.From : d.StartedOn).Date
                && d.PlanBy <= due.Date
                && d.Calendar.IsWorkingDay(d.PlanBy!.Value)));

    [Fact]
    public void Nobody_is_told_before_a_duty_has_started_and_the_steps_come_in_order() => HoldsOfDuties(d =>
        d.Nudges.All(n => n.At >= d.StartedOn.Instant) && d.Nudges.Zip(d.Nudges.Skip(1)).All(p => p.First.At <= p.Second.At));

    [Fact]
    public void Every_open_cycle_between_reviews_has_exactly_one_mid_point() => Holds(300, told =>
    {
        var duties = Facts.Duties(told.Facts);
        var checks = Facts.Rules.All.Where(r => r.Editions.Any(e => e.Follows.Count > 0)).ToList();
        return (from check in checks
                from cycle in duties
                where cycle.Outcome is Outcome.Open && check.On(cycle.StartedOn.Date) is { } edition && edition.Follows.Contains(cycle.Rule.Id)
                select duties.Where(d => d.Rule.Id == check.Id && d.Occurrence == cycle.Occurrence).ToList())
            .All(found => found is [{ Outcome: Outcome.Open or Outcome.Met }]);
    });

    [Fact]
    public void A_mid_point_lies_within_its_cycle() => HoldsOfDuties(d =>
        d.Calculation.CycleEnds is not { } end || (d.Due!.Value.Date >= d.StartedOn.Date && d.Due.Value.Date <= end));

    [Fact]
    public void After_a_death_or_a_closed_case_no_duty_that_began_before_is_open_unless_it_outlives_them() => Holds(300, told =>
    {
        var ends = History.Of(told.Facts).Facts.Where(f => f.Event is CaseClosed or ChildDied).ToList();
        return Facts.Duties(told.Facts).All(d => d.Outcome is not Outcome.Open || d.Edition.Outlives || d.Rule.Editions.Any(e => e.Follows.Count > 0)
            || !ends.Any(e => e.On.Date > d.StartedOn.Date));
    });

    private static bool Same(IEnumerable<Fact> one, IEnumerable<Fact> other) => Facts.Words(Facts.Duties(one)).SequenceEqual(Facts.Words(Facts.Duties(other)));

    private static bool Names(Fact correction, Fact fact) =>
        correction.Event is RecordedInError { Event: var e } && e == fact.EventId || (correction.Event is Corrected { Event: var c } && c == fact.EventId);

    private static Fact[] Shuffled(IReadOnlyList<Fact> facts, int seed)
    {
        Fact[] shuffled = [.. facts];
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    private static void HoldsOfDuties(Func<Obligation, bool> law) => Holds(300, told => Facts.Duties(told.Facts).All(law));

    private static void Holds(int times, Func<Told, bool> law) =>
        Prop.ForAll(AnyHistory.Arbitrary, told => law(told)).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
