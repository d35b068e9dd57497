using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Forecasts;

/// <summary>A duty that runs, as a forecast looks at it.</summary>
/// <param name="Child">The child.</param>
/// <param name="Team">The team that holds the child; nothing when that cannot be told.</param>
/// <param name="Worker">Whose work it is; nothing when nobody is allocated.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Title">The rule's title.</param>
/// <param name="Occurrence">Which of the rule's duties for this child.</param>
/// <param name="Due">London date on which it is due.</param>
/// <param name="PlanBy">The last working day on or before it.</param>
/// <param name="IsLate">True when its time has run out, which for a duty of hours can be in the middle of the day.</param>
public sealed record Awaited(string Child, string? Team, string? Worker, string Rule, string Title, Guid Occurrence, DateOnly Due, DateOnly PlanBy, bool IsLate = false);

/// <summary>A duty that falls due, and what speaks against its being done in time.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="ToGo">Working days after today, up to and including the due date.</param>
/// <param name="Past">How often duties of its rule were late from the same position; nothing when the past is too short to say.</param>
/// <param name="NobodyIn">True when on every working day until then the worker is away and nobody stands in.</param>
public sealed record DueDuty(Awaited Duty, int ToGo, Odds? Past, bool NobodyIn)
{
    /// <summary>True when nobody is there to do it, or duties like it were often late.</summary>
    public bool AtRisk => Duty.Worker is null || NobodyIn || Past is { AreHigh: true };
}

/// <summary>A working day of a worker.</summary>
/// <param name="Date">London date.</param>
/// <param name="Away">The absence, if the worker is away.</param>
/// <param name="Due">How many duties fall due, or have this as the last working day before they do.</param>
public sealed record DayAhead(DateOnly Date, Absence? Away, int Due)
{
    /// <summary>True when more falls on one day than fits, or something falls on a day off.</summary>
    public bool Clashes => Due >= Forecast.Crowded || (Away is not null && Due > 0);
}

/// <summary>What falls due for a worker, day by day, against when the worker is in. It says what is to be done and nothing about how well anybody does it.</summary>
/// <param name="Team">The team that holds the children.</param>
/// <param name="Worker">The worker; nothing for duties of children whom nobody holds.</param>
/// <param name="Overdue">How many duties are late already.</param>
/// <param name="Days">Each working day.</param>
/// <param name="Duties">What falls due, the earliest first.</param>
public sealed record WorkerAhead(string? Team, string? Worker, int Overdue, IReadOnlyList<DayAhead> Days, IReadOnlyList<DueDuty> Duties)
{
    /// <summary>On how many of the working days the worker is in.</summary>
    public int DaysIn => Worker is null ? 0 : Days.Count(d => d.Away is null);
}

/// <summary>What falls due on the next working days, for each worker and team.</summary>
/// <param name="Days">Today, if it is a working day or something falls due before the next one, and the working days that follow.</param>
/// <param name="Workers">Each worker of each team, those whom nobody holds first.</param>
public sealed record Forecast(IReadOnlyList<DateOnly> Days, IReadOnlyList<WorkerAhead> Workers)
{
    /// <summary>So many duties on one day are a clash.</summary>
    public const int Crowded = 3;

    /// <summary>Makes a forecast.</summary>
    /// <param name="open">Duties that run and whose due date can be told.</param>
    /// <param name="members">The workers of each team who are shown even when nothing falls due for them.</param>
    /// <param name="absences">Who is away.</param>
    /// <param name="past">What the past says.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="today">London date.</param>
    /// <param name="workingDays">How many working days after today.</param>
    public static Forecast Of(
        IEnumerable<Awaited> open, IEnumerable<(string Team, string Worker)> members, Absences absences, PastRounds past, WorkingDays calendar, DateOnly today, int workingDays)
    {
        var last = calendar.Add(today, workingDays);
        var within = open.Where(d => d.PlanBy <= last).ToList();

        // At the weekend what falls due before Monday is not Monday's work: by then it is late.
        var first = calendar.OnOrAfter(today);
        var days = Enumerable.Range(0, last.DayNumber - today.DayNumber + 1).Select(today.AddDays)
            .Where(day => calendar.IsWorkingDay(day) || (day == today && within.Exists(d => !d.IsLate && d.Due < first))).ToList();
        var duties = within.ToLookup(d => (d.Team, d.Worker));
        var workers = members.Select(m => ((string?)m.Team, (string?)m.Worker)).Union(duties.Select(d => d.Key));
        return new Forecast(
            days,
            [
                .. from key in workers
                   orderby key.Item1, key.Item2 is not null, key.Item2
                   select Worker(key.Item1, key.Item2, [.. duties[key]], days),
            ]);

        WorkerAhead Worker(string? team, string? worker, List<Awaited> its, List<DateOnly> days)
        {
            var due = its.Where(d => !d.IsLate && d.Due >= today)
                .OrderBy(d => d.Due).ThenBy(d => d.Child, StringComparer.Ordinal).ThenBy(d => d.Rule, StringComparer.Ordinal).ToList();

            // What was to be planned for a day that has passed is left for today.
            var perDay = due.CountBy(d => d.PlanBy < days[0] ? days[0] : d.PlanBy).ToDictionary();
            return new WorkerAhead(
                team, worker, its.Count - due.Count,
                [.. days.Select(day => new DayAhead(day, worker is null ? null : absences.On(worker, day), perDay.GetValueOrDefault(day)))],
                due.ConvertAll(d => new DueDuty(
                    d, calendar.Between(today, d.Due), past.With(d.Rule, calendar.Between(today, d.Due)), worker is not null && NobodyIn(worker, d))));
        }

        bool NobodyIn(string worker, Awaited duty) =>
            days.Where(day => day <= duty.Due).ToList() is { Count: > 0 } left && left.TrueForAll(day => absences.WhoIsIn(worker, day) is null);
    }
}
