using System.Reflection;
using System.Text.Json;

namespace PracticeEvents.Domain.Events;

/// <summary>One type of event: its stored name, its record and its members.</summary>
public sealed class EventKind
{
    private readonly Dictionary<string, EventMember> members;

    internal EventKind(Type record)
    {
        Record = record;
        Alias = JsonNamingPolicy.SnakeCaseLower.ConvertName(record.Name);
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

    /// <summary>The members of the event's data, in the order in which the catalogue page lists them.</summary>
    public IReadOnlyList<EventMember> Members { get; }

    /// <summary>A member by its JSON name, such as <c>seenAlone</c>; nothing when the event has none of that name.</summary>
    public EventMember? Member(string name) => members.GetValueOrDefault(name);
}

/// <summary>One member of an event's data.</summary>
public sealed class EventMember
{
    internal EventMember(PropertyInfo property)
    {
        Property = property;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Required = property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null;
        Words = Type.IsEnum ? [.. Enum.GetNames(Type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)] : [];
    }

    /// <summary>JSON name.</summary>
    public string Name { get; }

    /// <summary>The .NET type, without nullability.</summary>
    public Type Type { get; }

    /// <summary>True when an event without it is refused.</summary>
    public bool Required { get; }

    /// <summary>The only words allowed, for a member that is one of a closed list; otherwise empty.</summary>
    public IReadOnlyList<string> Words { get; }

    private PropertyInfo Property { get; }

    /// <summary>The member's value on an event; nothing when it was not given.</summary>
    public object? Of(PracticeEvent e) => Property.GetValue(e);
}
