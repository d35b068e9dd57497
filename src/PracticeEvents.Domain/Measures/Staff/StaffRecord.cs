using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Measures;

/// <summary>A worker's time in post.</summary>
/// <param name="Worker">Worker id, opaque. Leaves this folder in no figure and no case.</param>
/// <param name="Team">Team, if any.</param>
/// <param name="Roles">Roles held.</param>
/// <param name="From">First London date in post, as far as is known.</param>
/// <param name="To">London date of leaving; nothing while in post.</param>
/// <param name="AsyeFrom">First London date of the assessed and supported year in employment, if one was said.</param>
public sealed record StaffMember(string Worker, string? Team, IReadOnlyList<Role> Roles, DateOnly From, DateOnly? To, DateOnly? AsyeFrom);

/// <summary>Who was in post, who managed which team, and what was recorded of their supervision: a fold of the events of workers and teams.</summary>
public sealed class StaffRecord
{
    private readonly Dictionary<string, StaffMember> members = new(StringComparer.Ordinal);
    private readonly List<StaffMember> managers = [];
    private readonly List<AbsenceRecorded> absences = [];
    private readonly ILookup<string, DateOnly> supervisions;
    private readonly ILookup<string, DateOnly> samples;
    private readonly ILookup<string, DateOnly> openings;

    /// <summary>Folds the events, in the order in which they happened.</summary>
    public StaffRecord(IEnumerable<Fact> facts)
    {
        var inOrder = facts.OrderBy(f => f.On).ThenBy(f => f.RecordedAt).ThenBy(f => f.Id).ToList();
        inOrder.ForEach(fact => Apply(fact.Event, fact.On.Date));
        supervisions = inOrder.Select(f => f.Event).OfType<SupervisionHeld>().ToLookup(s => s.Worker, s => s.On.Date, StringComparer.Ordinal);
        samples = inOrder.Select(f => f.Event).OfType<DipSampleCompleted>().ToLookup(s => s.Manager, s => s.On.Date, StringComparer.Ordinal);
        openings = inOrder.Select(f => f.Event).OfType<DashboardOpened>().ToLookup(o => o.Worker, o => o.On.Date, StringComparer.Ordinal);
    }

    /// <summary>The stored names of the events that it is made from.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        .. new[]
        {
            EventCatalogue.Kind<TeamRegistered>(), EventCatalogue.Kind<WorkerRegistered>(), EventCatalogue.Kind<WorkerLeft>(), EventCatalogue.Kind<AbsenceRecorded>(),
            EventCatalogue.Kind<AbsenceCancelled>(), EventCatalogue.Kind<SupervisionHeld>(), EventCatalogue.Kind<DipSampleCompleted>(), EventCatalogue.Kind<DashboardOpened>(),
        }.Select(k => k.Alias),
    ];

    /// <summary>Everyone who is or was in post.</summary>
    public IReadOnlyCollection<StaffMember> Members => members.Values;

    /// <summary>Everyone who manages or managed a team, for as long as they did.</summary>
    public IReadOnlyCollection<StaffMember> Managers => managers;

    /// <summary>How often a worker had supervision in a stretch, both ends counted.</summary>
    public int Supervised(string worker, DateOnly from, DateOnly to) => supervisions[worker].Count(d => d >= from && d <= to);

    /// <summary>How often a manager's oversight was sampled in a stretch, both ends counted.</summary>
    public int Sampled(string manager, DateOnly from, DateOnly to) => samples[manager].Count(d => d >= from && d <= to);

    /// <summary>True when a manager opened alerts or a team in a stretch, both ends counted.</summary>
    public bool Opened(string manager, DateOnly from, DateOnly to) => openings[manager].Any(d => d >= from && d <= to);

    /// <summary>The London date on which anybody first did; nothing while nobody has.</summary>
    public DateOnly? FirstOpened => openings.Count == 0 ? null : openings.SelectMany(o => o).Min();

    /// <summary>True when a worker was away for the whole of a stretch.</summary>
    public bool IsAway(string worker, DateOnly from, DateOnly to) => absences.Exists(a => a.Worker == worker && a.From <= from && a.To >= to);

    private void Apply(PracticeEvent e, DateOnly on)
    {
        switch (e)
        {
            case WorkerRegistered w:
                var before = members.GetValueOrDefault(w.Worker);
                members[w.Worker] = new(w.Worker, w.Team, w.Roles, before is { To: null } ? before.From : on, null, w.AsyeFrom ?? before?.AsyeFrom);
                break;
            case WorkerLeft left when members.TryGetValue(left.Worker, out var member):
                members[left.Worker] = member with { To = on };
                EndManaging(m => m.Worker == left.Worker, on);
                break;
            case TeamRegistered t when managers.LastOrDefault(m => m.Team == t.Team && m.To is null)?.Worker != t.TeamManager:
                EndManaging(m => m.Team == t.Team, on);
                if (t.TeamManager is { } manager)
                {
                    managers.Add(new(manager, t.Team, [Role.TeamManager], on, null, null));
                }

                break;
            case AbsenceRecorded away:
                absences.Add(away);
                break;
            case AbsenceCancelled off:
                absences.RemoveAll(a => a.Worker == off.Worker && (off.From is null || a.From == off.From) && (off.To is null || a.To == off.To));
                break;
            default:
                break;
        }
    }

    private void EndManaging(Predicate<StaffMember> which, DateOnly on)
    {
        for (var i = 0; i < managers.Count; i++)
        {
            managers[i] = managers[i].To is null && which(managers[i]) ? managers[i] with { To = on } : managers[i];
        }
    }
}
