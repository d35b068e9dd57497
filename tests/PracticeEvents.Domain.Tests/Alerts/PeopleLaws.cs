using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Histories;
using Xunit;
using Outcome = PracticeEvents.Domain.Timescales.Outcome;

namespace PracticeEvents.Domain.Tests.Alerts;

/// <summary>What holds of who is told, whoever joins, leaves, is away, takes over, takes on and passes on.</summary>
public sealed class PeopleLaws
{
    private static readonly string[] Workers = ["w1", "w2", "w3", "w4", "w5", "w6"];

    [Fact]
    public void At_every_instant_each_open_duty_has_one_reachable_owner_or_one_uncovered_alert() => Holds((office, _, now) =>
        (from duty in office.Duties
         where duty is { Outcome: Outcome.Open, Edition.IsNotice: false, Due: not null }
         let owner = UncoveredDuties.Owner(duty)
         where owner is not null
         let reach = office.RoutingAt(now).Of(owner.Value)
         let uncovered = office.Alerts.Count(a => a.IsLive && a.Rule == UncoveredDuties.Rule && a.Role == owner)
         select reach.Way is Way.Uncovered ? uncovered == 1 : uncovered == 0 && office.IsIn(reach.Workers[0], now)).All(covered => covered));

    [Fact]
    public void Nobody_who_has_left_or_is_away_without_cover_is_told_anything() => Holds((office, said, now) => said.All(e => e switch
    {
        AlertRaised r => r.To == Routing.Nobody || office.IsIn(r.To, now),
        AlertStageReached or AlertReminded => office.Of(e.Alert).To == Routing.Nobody || office.IsIn(office.Of(e.Alert).To, now),
        _ => true,
    }));

    [Fact]
    public void Each_alert_is_raised_once_and_deciding_again_says_nothing_more() => Holds((office, _, now) =>
        office.Said.OfType<AlertRaised>().GroupBy(a => a.Alert).All(g => g.Count() == 1) && office.Look(now).Count == 0);

    [Fact]
    public void Nothing_escalates_once_its_duty_is_settled() => Holds((office, said, _) => said.All(e =>
        e is not (AlertRaised { Stage: AlertStage.Escalated } or AlertStageReached { Stage: AlertStage.Escalated })
        || office.Of(e.Alert) is { Rule: UncoveredDuties.Rule }
        || office.Duties.Any(d => d.Outcome is Outcome.Open && d.Rule.Id == office.Of(e.Alert).Rule && d.Occurrence == office.Of(e.Alert).Occurrence)));

    [Fact]
    public void No_reminder_comes_after_the_due_date_or_for_what_is_over() => Holds((office, said, now) => said.OfType<AlertReminded>().All(e =>
        office.Of(e.Alert) is var alert
            && office.Duties.Any(d =>
                d.Outcome is Outcome.Open
                && d.Rule.Id == alert.Rule
                && d.Occurrence == alert.Occurrence
                && London.DateOf(now) <= d.Due!.Value.Date.AddDays(Office.Days))));

    [Fact]
    public void What_a_reviewing_officer_or_a_chair_answers_for_never_falls_to_the_operational_line() => Holds((office, _, now) =>
        new[] { Role.Iro, Role.CpChair }.All(role => office.RoutingAt(now).Of(role) is var reach
            && reach.Workers.All(w => w == Routing.Nobody || office.IsIndependent(w))));

    [Fact]
    public void Between_two_changes_of_absences_everybody_is_reached_as_before() => Holds((office, _, now) =>
    {
        var today = London.DateOf(now);
        var next = office.RoutingAt(now).NextChange() ?? today.AddDays(60);
        var reached = Reached(office.RoutingOn(today));
        return Enumerable.Range(1, Math.Min(60, next.DayNumber - today.DayNumber) - 1).All(day => Reached(office.RoutingOn(today.AddDays(day))).SequenceEqual(reached));
    });

    private static IEnumerable<string> Reached(Routing routing) => [.. Enum.GetValues<Role>().Select(role => $"{role}: {string.Join(", ", routing.Of(role).Workers)}")];

    // A law is looked at after everything that comes in, and as the clock runs on.
    private static void Holds(Func<Office, IReadOnlyList<AlertEvent>, DateTimeOffset, bool> law) => Prop.ForAll(AnyHistory.Arbitrary, AnyPeople, (told, people) =>
    {
        var office = new Office();
        var facts = Council.InOrder(told);
        if (facts.Count == 0)
        {
            return true;
        }

        var (first, last) = (facts[0].RecordedAt, facts[^1].RecordedAt.AddDays(90));
        var days = Math.Max(1, (last - first).Days);
        var changes = people.Changes.Select((make, n) => Changed(make, first.AddDays(n * days / people.Changes.Count), n)).ToList();
        var steps = facts.Select(f => (At: f.RecordedAt, Fact: (Fact?)f)).Concat(changes.Select(c => (At: c.ReceivedAt, Fact: (Fact?)c)))
            .Concat(Enumerable.Range(0, (days / Office.Days) + 1).Select(n => (At: first.AddDays(n * Office.Days), Fact: (Fact?)null))).OrderBy(s => s.At);
        var turn = 0;
        foreach (var (at, fact) in steps)
        {
            var said = office.Hear(fact, at);
            if (!law(office, said, at))
            {
                return false;
            }

            office.Act(people.Acts[turn++ % people.Acts.Count], at);
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    private static Fact Changed(Func<DateOnly, PracticeEvent> make, DateTimeOffset at, int n) =>
        Facts.Of(make(London.DateOf(at)), "/hr", string.Create(CultureInfo.InvariantCulture, $"p{n}"), at) with { ReceivedAt = at };

    private static Arbitrary<People> AnyPeople => (
        from changes in Gen.OneOf(Team, Registered, Left, Away, Back, Allocated).ListOf(40)
        from acts in (from kind in Gen.Choose(0, 5) from which in Gen.Choose(0, 1000) from worker in Gen.Elements(Workers) select (kind, which, worker)).ListOf(17)
        select new People([.. changes], [.. acts])).ToArbitrary();

    private static Gen<Func<DateOnly, PracticeEvent>> Team =>
        from team in Gen.Elements("t1", "t2")
        from manager in Gen.Elements([.. Workers, null])
        from head in Gen.Elements([.. Workers, null])
        select (Func<DateOnly, PracticeEvent>)(day => new TeamRegistered { On = new(day), Team = team, TeamManager = manager, HeadOfService = head });

    private static Gen<Func<DateOnly, PracticeEvent>> Registered =>
        from worker in Gen.Elements(Workers)
        from team in Gen.Elements("t1", "t2", null)
        from role in Gen.Elements(Enum.GetValues<Role>())
        select (Func<DateOnly, PracticeEvent>)(day => new WorkerRegistered { On = new(day), Worker = worker, Team = team, Roles = [role] });

    private static Gen<Func<DateOnly, PracticeEvent>> Left =>
        Gen.Elements(Workers).Select(w => (Func<DateOnly, PracticeEvent>)(day => new WorkerLeft { On = new(day), Worker = w }));

    private static Gen<Func<DateOnly, PracticeEvent>> Away =>
        from worker in Gen.Elements(Workers)
        from cover in Gen.Elements([.. Workers, null])
        from start in Gen.Choose(-5, 20)
        from length in Gen.Choose(0, 30)
        select (Func<DateOnly, PracticeEvent>)(day =>
            new AbsenceRecorded { On = new(day), Worker = worker, Cover = cover, From = day.AddDays(start), To = day.AddDays(start + length) });

    private static Gen<Func<DateOnly, PracticeEvent>> Back =>
        Gen.Elements(Workers).Select(w => (Func<DateOnly, PracticeEvent>)(day => new AbsenceCancelled { On = new(day), Worker = w }));

    private static Gen<Func<DateOnly, PracticeEvent>> Allocated =>
        from worker in Gen.Elements(Workers)
        from team in Gen.Elements("t1", "t3", null)
        from role in Gen.Elements(Enum.GetValues<CaseRole>())
        select (Func<DateOnly, PracticeEvent>)(day => new CaseAllocated { On = new(day), Child = Facts.Child, Worker = worker, Team = team, Role = role });

    private sealed record People(IReadOnlyList<Func<DateOnly, PracticeEvent>> Changes, IReadOnlyList<(int Kind, int Which, string Worker)> Acts)
    {
        public override string ToString() =>
            string.Join('\n', Changes.Select(c => c(new(2026, 1, 1))).Select(e => $"{e.GetType().Name} {EventJson.Write(e)}"))
            + "\n" + string.Join(' ', Acts);
    }
}
