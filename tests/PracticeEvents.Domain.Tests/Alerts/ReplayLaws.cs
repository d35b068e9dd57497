using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Timescales;
using Xunit;
using AllDuties = PracticeEvents.Domain.Timescales.Obligations;
using Replay = PracticeEvents.Domain.Alerts.Replay;

namespace PracticeEvents.Domain.Tests.Alerts;

/// <summary>What holds of a replay, whatever was told of a child.</summary>
public sealed class ReplayLaws
{
    private static readonly Config Some = Config.QuickThrowOnFailure.WithMaxTest(100);

    private static readonly RuleBook Duties = new(Facts.Rules.All.Where(r => !r.IsNotice), Facts.Rules.Calendar);

    // The manager changes in the middle of many of the histories that are made.
    private static readonly Surroundings Around = new(
        new StructureOverTime(new[] { ("tm1", new DateOnly(2012, 1, 2)), ("tm2", new DateOnly(2025, 11, 3)) }.Select((m, n) => Facts.Of(
            new TeamRegistered { Team = "t1", TeamManager = m.Item1, HeadOfService = "hos1", On = new(m.Item2) }, "/cms", $"t{n}", London.StartOf(m.Item2)))),
        new Dictionary<string, DateTimeOffset>(),
        new FeedsOverTime(new Dictionary<EventKind, DateTimeOffset>()));

    [Fact]
    public void A_period_is_told_the_same_whether_the_replay_begins_with_it_or_before() => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var arrivals = Arrivals(told);
        var from = arrivals.Count == 0 ? default : arrivals[arrivals.Count / 2].Fact.ReceivedAt.AddHours(5);
        var to = from.AddDays(120);
        var whole = Run(arrivals, Duties, DateTimeOffset.MinValue, to).Where(s => s.At >= from);
        return Words(Run(arrivals, Duties, from, to)).SequenceEqual(Words(whole));
    }).Check(Some);

    [Fact]
    public void A_rule_says_the_same_alone_as_among_others() => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var arrivals = Arrivals(told);
        var to = Ends(arrivals);
        var all = Run(arrivals, Facts.Rules, DateTimeOffset.MinValue, to).ToLookup(s => s.Rule);
        return new[] { "cp-visit", "core-group-first-10wd", "iro-midpoint", "lac-visit" }.Where(id => Facts.Rules.Find(id) is not null).All(id =>
            Words(Run(arrivals, Facts.Rules.Only(new HashSet<string> { id }), DateTimeOffset.MinValue, to).Where(s => s.Rule == id)).SequenceEqual(Words(all[id])));
    }).Check(Some);

    [Fact]
    public void Events_on_which_no_duty_of_a_rule_turns_can_be_left_out() => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var history = History.Of(told.Facts);
        return Facts.Rules.All.All(rule =>
        {
            var book = Facts.Rules.Only(new HashSet<string> { rule.Id });
            var kinds = book.Kinds;
            var less = History.Of(told.Facts.Where(f => f.Event is RecordedInError or Corrected || kinds.Contains(EventCatalogue.KindOf(f.Event))));
            return Facts.Words(AllDuties.For(history, book)).SequenceEqual(Facts.Words(AllDuties.For(less, book)));
        });
    }).Check(Some);

    [Fact]
    public void While_everything_belongs_to_a_load_nothing_is_told_until_time_goes_on() => Prop.ForAll(AnyHistory.Arbitrary, told =>
    {
        var at = new DateTimeOffset(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);
        var loaded = told.Facts.Select(f => new Arrival(f with { ReceivedAt = at }, "l1")).ToList();
        return Run(loaded, Facts.Rules, DateTimeOffset.MinValue, at.AddMinutes(10)).Count == 0;
    }).Check(Some);

    private static IReadOnlyList<Said> Run(IReadOnlyList<Arrival> arrivals, RuleBook rules, DateTimeOffset from, DateTimeOffset to) =>
        new Replay(Facts.Child, arrivals).Run(rules, Around, from, to);

    private static List<Arrival> Arrivals(Told told) => [.. Council.InOrder(told).Select(f => new Arrival(f))];

    private static DateTimeOffset Ends(List<Arrival> arrivals) => arrivals.Count == 0 ? DateTimeOffset.MaxValue : arrivals[^1].Fact.ReceivedAt.AddDays(120);

    private static IEnumerable<string> Words(IEnumerable<Said> said) => said.Select(s => $"{s.At:u} {s.Alert} {s.Stage} {s.Due}").Order(StringComparer.Ordinal);
}
