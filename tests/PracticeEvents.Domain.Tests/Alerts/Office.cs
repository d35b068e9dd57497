using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Tests.Alerts;

/// <summary>A council with people in it: who is told follows from what is known of teams, workers and absences, and people say things to their alerts.</summary>
internal sealed class Office
{
    /// <summary>How many days pass between two looks at the clock at which nothing came in.</summary>
    public const int Days = 7;

    private readonly List<Fact> known = [];
    private readonly List<Fact> people = [];
    private readonly Dictionary<string, AlertState> alerts = new(StringComparer.Ordinal);
    private Structure structure = new([]);
    private ChildSituation child = ChildSituation.Of(History.Of([]));

    public IReadOnlyCollection<AlertState> Alerts => alerts.Values;

    public List<AlertEvent> Said { get; } = [];

    public IReadOnlyList<Obligation> Duties { get; private set; } = [];

    public AlertState Of(string alert) => alerts[alert];

    /// <summary>Takes in something about the child or about people, and acts on it.</summary>
    public IReadOnlyList<AlertEvent> Hear(Fact? fact, DateTimeOffset now)
    {
        if (fact is not null)
        {
            (Structure.Kinds.Contains(EventCatalogue.KindOf(fact.Event)) ? people : known).Add(fact);
            structure = new Structure(people);
            child = ChildSituation.Of(History.Of(known));
            Duties = Facts.Duties(known);
        }

        return Look(now);
    }

    /// <summary>Looks at the clock and acts.</summary>
    public IReadOnlyList<AlertEvent> Look(DateTimeOffset now)
    {
        var routing = RoutingAt(now);
        IReadOnlyList<AlertEvent> said =
        [
            .. AlertDecisions.Decide(Facts.Child, Duties, Alerts, routing, now, null),
            .. UncoveredDuties.Decide(Facts.Child, Duties, Alerts, routing, now, null),
        ];
        foreach (var e in said)
        {
            Take(e, now);
        }

        Said.AddRange(said);
        return said;
    }

    /// <summary>Somebody says something to one of the live alerts.</summary>
    public void Act((int Kind, int Which, string Worker) act, DateTimeOffset now)
    {
        var live = alerts.Values.Where(a => a.IsLive).OrderBy(a => a.Id, StringComparer.Ordinal).ToList();
        if (live.Count == 0 || live[act.Which % live.Count] is not { } alert)
        {
            return;
        }

        var on = Happened.AtInstant(now);
        AlertEvent? said = act.Kind switch
        {
            0 => new AlertAcknowledged { Alert = alert.Id, On = on, By = alert.To },
            1 => new AlertReassigned { Alert = alert.Id, On = on, By = alert.To, To = act.Worker },
            2 when London.DateOf(now) is var today && alert.Due.Date > today =>
                new AlertReminderSet { Alert = alert.Id, On = on, By = alert.To, RemindOn = today.AddDays(1 + (act.Which % (alert.Due.Date.DayNumber - today.DayNumber))) },
            _ => null,
        };
        if (said is not null)
        {
            Take(said, now);
        }
    }

    public Routing RoutingAt(DateTimeOffset now) => RoutingOn(London.DateOf(now));

    public Routing RoutingOn(DateOnly date) => new(child, structure, date);

    /// <summary>In post, and not away.</summary>
    public bool IsIn(string worker, DateTimeOffset now) =>
        structure.Workers.GetValueOrDefault(worker) is not { Left: true } && structure.Absences.On(worker, London.DateOf(now)) is null;

    /// <summary>Of the line of reviewing officers and chairs by post or by allocation, or standing in for one who is, or looking after this service.</summary>
    public bool IsIndependent(string worker) => Line(worker) || structure.Absences.CoveredBy(worker).Any(IsIndependentThrough(new HashSet<string> { worker }));

    private Func<string, bool> IsIndependentThrough(HashSet<string> asked) => worker =>
        Line(worker) || (asked.Add(worker) && structure.Absences.CoveredBy(worker).Any(IsIndependentThrough(asked)));

    private bool Line(string worker) =>
        structure.Workers.GetValueOrDefault(worker) is { } w && w.Roles.Any(r => r is Role.Iro or Role.CpChair or Role.IroManager or Role.HeadOfSafeguarding or Role.Administrator)
        || child.Allocated(Role.Iro) == worker || child.Allocated(Role.CpChair) == worker;

    /// <summary>Takes what somebody said to an alert.</summary>
    public void Take(AlertEvent e, DateTimeOffset now) => alerts[e.Alert] = AlertState.Evolve(alerts.GetValueOrDefault(e.Alert), e, now)!;
}
