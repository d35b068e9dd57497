using System.Reflection;

namespace PracticeEvents.Domain.Events;

/// <summary>One type of event: its stored name, its record and its members.</summary>
public sealed class EventKind
{
    private readonly Dictionary<string, EventMember> members;

    internal EventKind(Type record)
    {
        Record = record;
        Alias = EventName.Alias(record.Name);
        Members = [.. record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p is { CanRead: true, SetMethod: not null } && p.Name is not nameof(PracticeEvent.Extra))
            .Select(p => new EventMember(p))
            .OrderBy(m => m.Name is "child" ? 0 : m.Name is "on" ? 1 : m.Required ? 2 : 3).ThenBy(m => m.Name, StringComparer.Ordinal)];
        members = Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
    }

    /// <summary>Stored name: <c>initial_conference_held</c>. Never renamed: it is the format.</summary>
    public string Alias { get; }

    /// <summary>CloudEvents type: <c>practice.initial_conference_held</c>.</summary>
    public string CloudEventType => "practice." + Alias;

    /// <summary>The .NET record.</summary>
    public Type Record { get; }

    /// <summary>True when the event is about one child and lives in the child's stream.</summary>
    public bool AboutChild => Record.IsSubclassOf(typeof(ChildEvent));

    /// <summary>True when only this service appends it: alerts, mid-points that fell due, editions of rules and calendar.</summary>
    public bool AppendedHere => Record.IsDefined(typeof(AppendedHereAttribute), inherit: true);

    /// <summary>The members of the event's data, in the order in which the catalogue page lists them.</summary>
    public IReadOnlyList<EventMember> Members { get; }

    /// <summary>The stream that an event belongs to, such as <c>child-12345</c>.</summary>
    public static string StreamOf(PracticeEvent e) => e switch
    {
        ChildEvent c => $"child-{c.Child}",
        AlertEvent a => $"alert-{a.Alert}",
        WorkerRegistered w => $"worker-{w.Worker}",
        WorkerLeft w => $"worker-{w.Worker}",
        AbsenceRecorded a => $"worker-{a.Worker}",
        AbsenceCancelled a => $"worker-{a.Worker}",
        SupervisionHeld s => $"worker-{s.Worker}",
        DipSampleCompleted d => $"worker-{d.Manager}",
        TeamRegistered t => $"team-{t.Team}",
        PanelHeld p => $"panel-{EventName.Word(p.Panel.ToString())}",
        RulesPublished => "rules",
        CalendarPublished => "calendar",
        _ => throw new System.Diagnostics.UnreachableException($"no stream is named for {e.GetType().Name}"),
    };

    /// <summary>A member by its JSON name, such as <c>seenAlone</c>; nothing when the event has none of that name.</summary>
    public EventMember? Member(string name) => members.GetValueOrDefault(name);
}
