using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Timescales;
using Xunit;
using Outcome = PracticeEvents.Domain.Timescales.Outcome;

namespace PracticeEvents.Domain.Tests.Alerts;

/// <summary>What holds of what people are told, whatever is told of a child and whenever the clock is looked at.</summary>
public sealed class AlertLaws
{
    [Fact]
    public void Deciding_again_says_nothing_more() => Holds((council, _, now, _) => council.Hear([], now).Count == 0);

    [Fact]
    public void An_alert_is_raised_once_however_often_its_duty_comes_and_goes() => Holds((council, _, _, _) =>
        council.Said.OfType<AlertRaised>().GroupBy(a => a.Alert).All(g => g.Count() == 1));

    [Fact]
    public void An_open_duty_that_has_reached_a_step_is_known_to_everybody_whom_the_step_names() => Holds((council, _, now, _) =>
        (from duty in council.Duties
         where duty is { Outcome: Outcome.Open, Edition.IsNotice: false }
         from worker in duty.Nudges.Where(n => n.At <= now).SelectMany(n => n.Step.To).SelectMany(Council.Recipients).Distinct()
         select council.Alerts.Any(a => a.IsLive && a.Rule == duty.Rule.Id && a.Occurrence == duty.Occurrence && a.To == worker)).All(known => known));

    // The due date of something to know is when it was; a correction of that is no news.
    [Fact]
    public void A_live_alert_has_an_open_duty_behind_it_with_the_same_due_date() => Holds((council, _, _, _) => council.Alerts.Where(a => a.IsLive).All(a =>
        council.Duties.Any(d => d.Outcome is Outcome.Open && d.Rule.Id == a.Rule && d.Occurrence == a.Occurrence && (d.Due?.InUtc == a.Due || d.Edition.IsNotice))));

    [Fact]
    public void An_alert_is_settled_by_practice_and_withdrawn_for_any_other_reason() => Holds((council, said, _, _) => said.All(e => e switch
    {
        AlertSettled s => Behind(council, s.Alert) is { Outcome: Outcome.Met, EndedBy: { } by } && s.Because.SequenceEqual([by.EventId]),
        AlertWithdrawn w => w.Because[0].EndsWith('.') && Behind(council, w.Alert) is var duty && (duty is not { Outcome: Outcome.Met } || !duty.MetLate),
        _ => Behind(council, e.Alert) is { Outcome: Outcome.Open },
    }));

    [Fact]
    public void While_a_history_is_loaded_nobody_is_told_one_by_one() => Holds((_, said, _, load) => said.All(e => e switch
    {
        AlertRaised r => r.Quiet == load is not null && r.Load == load,
        AlertStageReached r => r.Quiet == load is not null && r.Load == load,
        _ => true,
    }));

    [Fact]
    public void Told_one_by_one_or_all_at_once_the_same_alerts_are_live() => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var (oneByOne, atOnce) = (new Council(), new Council());
        var facts = Council.InOrder(told);
        var now = facts.Count == 0 ? default : facts[^1].RecordedAt.AddDays(20);
        foreach (var fact in facts)
        {
            oneByOne.Hear([fact], fact.RecordedAt);
        }

        oneByOne.Hear([], now);
        atOnce.Hear(facts, now);
        return Live(oneByOne).SetEquals(Live(atOnce));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    // A notice that was given while it was news stays, whether or not it would still be given.
    private static HashSet<(string, AlertStage, DueDate)> Live(Council council) =>
        [.. council.Alerts.Where(a => a.IsLive && !Facts.Rules.Find(a.Rule)!.IsNotice).Select(a => (a.Id, a.Stage, a.Due))];

    private static Obligation? Behind(Council council, string alert)
    {
        var state = council.Alerts.Single(a => a.Id == alert);
        return council.Duties.FirstOrDefault(d => d.Rule.Id == state.Rule && d.Occurrence == state.Occurrence);
    }

    // The law is looked at after every fact, and while the clock runs on; now and then a part of the history comes as a load.
    private static void Holds(Func<Council, IReadOnlyList<AlertEvent>, DateTimeOffset, string?, bool> law) => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var council = new Council();
        var now = default(DateTimeOffset);
        foreach (var (fact, n) in Council.InOrder(told).Select((f, n) => (f, n)))
        {
            now = fact.RecordedAt;
            var load = n % 7 == 3 ? "l1" : null;
            var said = council.Hear([fact], now, load);
            if (!law(council, said, now, load))
            {
                return false;
            }
        }

        return new[] { 1, 8, 30, 200 }.All(days => law(council, council.Hear([], now.AddDays(days)), now.AddDays(days), null));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
