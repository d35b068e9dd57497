using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Children;

/// <summary>Days on which a worker is away.</summary>
/// <param name="From">First London date away.</param>
/// <param name="To">Last London date away, itself included; the last date there is for somebody who has left.</param>
/// <param name="Cover">Worker id of whoever stands in; nothing when nobody was named.</param>
public sealed record Absence(DateOnly From, DateOnly To, string? Cover)
{
    /// <summary>True when the worker is away on the date.</summary>
    public bool Includes(DateOnly date) => From <= date && date <= To;

    /// <summary>True for somebody who has left the council.</summary>
    public bool IsForGood => To == DateOnly.MaxValue;
}

/// <summary>Who is away when, as events about workers leave it: absences, those called off, and leavers.</summary>
public sealed class Absences
{
    private readonly Dictionary<string, List<Absence>> away;

    private Absences(Dictionary<string, List<Absence>> away) => this.away = away;

    /// <summary>Folds events. Of two about the same worker the one that happened later holds, whichever arrived first.</summary>
    public Absences(IEnumerable<Fact> facts)
        : this(new Dictionary<string, List<Absence>>(StringComparer.Ordinal))
    {
        foreach (var fact in facts.OrderBy(f => f.On).ThenBy(f => f.RecordedAt).ThenBy(f => f.Id))
        {
            switch (fact.Event)
            {
                case AbsenceRecorded a when a.From <= a.To:
                    Of(a.Worker).RemoveAll(known => (known.From, known.To) == (a.From, a.To));
                    Of(a.Worker).Add(new Absence(a.From, a.To, a.Cover));
                    break;
                case AbsenceCancelled c:
                    Of(c.Worker).RemoveAll(known => !known.IsForGood && (c.From ?? known.From) == known.From && (c.To ?? known.To) == known.To);
                    break;
                case WorkerLeft left:
                    Of(left.Worker).Add(new Absence(left.On.Date, DateOnly.MaxValue, null));
                    break;
                case WorkerRegistered back:
                    Of(back.Worker).RemoveAll(known => known.IsForGood);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The kinds of events that it is made from.</summary>
    public static IReadOnlyList<EventKind> Kinds { get; } =
        [EventCatalogue.Kind<AbsenceRecorded>(), EventCatalogue.Kind<AbsenceCancelled>(), EventCatalogue.Kind<WorkerLeft>(), EventCatalogue.Kind<WorkerRegistered>()];

    /// <summary>The absence of a worker on a date, the last that was recorded when there are several; nothing when the worker is in.</summary>
    public Absence? On(string worker, DateOnly date) => away.GetValueOrDefault(worker)?.FindLast(a => a.Includes(date));

    /// <summary>A worker's absences that touch a period, both ends included, the earliest first.</summary>
    public IReadOnlyList<Absence> Between(string worker, DateOnly from, DateOnly to) =>
        [.. (away.GetValueOrDefault(worker) ?? []).Where(a => a.From <= to && from <= a.To).OrderBy(a => a.From).ThenBy(a => a.To)];

    /// <summary>Who does a worker's work on a date: the worker, or whoever stands in and is in; nothing when nobody does.</summary>
    public string? WhoIsIn(string worker, DateOnly date) => On(worker, date) is not { } absence ? worker
        : absence.Cover is { } cover && On(cover, date) is null ? cover
        : null;

    /// <summary>Whoever stands in for a worker in some absence, whenever it is.</summary>
    public IEnumerable<string> CoversOf(string worker) => (away.GetValueOrDefault(worker) ?? []).Select(a => a.Cover).OfType<string>();

    /// <summary>The workers for whom a worker stands in, in some absence.</summary>
    public IEnumerable<string> CoveredBy(string cover) => away.Where(a => a.Value.Exists(absence => absence.Cover == cover)).Select(a => a.Key);

    /// <summary>The London dates on which something changes for a worker: the first day of each absence, and the day after the last.</summary>
    public IEnumerable<DateOnly> ChangesOf(string worker) =>
        (away.GetValueOrDefault(worker) ?? []).SelectMany(a => a.IsForGood ? (IEnumerable<DateOnly>)[a.From] : [a.From, a.To.AddDays(1)]);

    /// <summary>The next London date, after one, on which an absence begins or ends of some workers or of those who stand in for them, in turn.</summary>
    /// <param name="workers">The workers.</param>
    /// <param name="after">The date.</param>
    /// <param name="except">Those of whom it is known already, with all who stand in for them.</param>
    /// <returns>Of whom that was asked, and the date; nothing when there is none.</returns>
    internal (IReadOnlySet<string> Concerned, DateOnly? Next) NextChange(IEnumerable<string> workers, DateOnly after, IReadOnlySet<string> except)
    {
        var concerned = new HashSet<string>(workers.Where(w => !except.Contains(w)), StringComparer.Ordinal);
        var waiting = new Queue<string>(concerned);
        DateOnly? next = null;
        while (waiting.TryDequeue(out var worker))
        {
            foreach (var date in ChangesOf(worker).Where(d => d > after && (next is null || d < next)))
            {
                next = date;
            }

            foreach (var cover in CoversOf(worker).Where(c => !except.Contains(c) && concerned.Add(c)))
            {
                waiting.Enqueue(cover);
            }
        }

        return (concerned, next);
    }

    /// <summary>The same with what is known of some workers in place of what was; the others are shared.</summary>
    /// <param name="anew">All that is known of those workers.</param>
    /// <param name="workers">The workers.</param>
    internal Absences With(IEnumerable<Fact> anew, IEnumerable<string> workers)
    {
        var (all, theirs) = (new Dictionary<string, List<Absence>>(away, StringComparer.Ordinal), new Absences(anew));
        foreach (var worker in workers)
        {
            all.Remove(worker);
            if (theirs.away.TryGetValue(worker, out var its))
            {
                all[worker] = its;
            }
        }

        return new Absences(all);
    }

    private List<Absence> Of(string worker)
    {
        if (!away.TryGetValue(worker, out var its))
        {
            away[worker] = its = [];
        }

        return its;
    }
}
