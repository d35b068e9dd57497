using System.Diagnostics;
using System.Reflection;

namespace PracticeEvents.Domain.Events;

/// <summary>One type of event: its stored name, its record and its members.</summary>
public sealed class EventKind
{
    private readonly Dictionary<string, EventMember> members;

    internal EventKind(Type record, int number)
    {
        Record = record;
        Number = number;
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

    /// <summary>Its place in <see cref="EventCatalogue.All"/>, for tables that have a line for each kind. Not stored: a new event moves it.</summary>
    internal int Number { get; }

    /// <summary>True when the event is about one child and lives in the child's stream.</summary>
    public bool AboutChild => Record.IsSubclassOf(typeof(ChildEvent));

    /// <summary>True when only this service appends it: alerts, mid-points that fell due, editions of rules and calendar.</summary>
    public bool AppendedHere => Record.IsDefined(typeof(AppendedHereAttribute), inherit: true);

    /// <summary>The members of the event's data, in the order in which the catalogue page lists them.</summary>
    public IReadOnlyList<EventMember> Members { get; }

    /// <summary>The name of the stream that such events belong to, with the member that tells streams apart: <c>child-{child}</c>.</summary>
    public string Stream => Record switch
    {
        _ when AboutChild => "child-{child}",
        var r when r.IsSubclassOf(typeof(AlertEvent)) => "alert-{alert}",
        var r when r == typeof(DipSampleCompleted) => "worker-{manager}",
        var r when r == typeof(PanelHeld) => "panel-{panel}",
        var r when r == typeof(TeamRegistered) => "team-{team}",
        var r when r == typeof(LoadFinished) => "load-{load}",
        var r when r == typeof(RulesPublished) => "rules",
        var r when r == typeof(CalendarPublished) => "calendar",
        _ when Member("worker") is not null => "worker-{worker}",
        _ when Member("load") is not null => "load-{load}",
        _ => throw new UnreachableException($"no stream is named for {Alias}"),
    };

    /// <summary>The stream that an event belongs to, such as <c>child-12345</c>.</summary>
    public static string StreamOf(PracticeEvent e)
    {
        var kind = EventCatalogue.KindOf(e);
        var brace = kind.Stream.IndexOf('{', StringComparison.Ordinal);
        return brace < 0 ? kind.Stream : kind.Stream[..brace] + kind.Member(kind.Stream[(brace + 1)..^1])!.Of(e) switch
        {
            Enum word => EventName.Word(word.ToString()),
            var reference => reference,
        };
    }

    /// <summary>A member by its JSON name, such as <c>seenAlone</c>; nothing when the event has none of that name.</summary>
    public EventMember? Member(string name) => members.GetValueOrDefault(name);
}
