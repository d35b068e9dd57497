using System.Collections.Frozen;

namespace PracticeEvents.Domain.Events;

/// <summary>Every type of event that the service knows, found by scanning for records: a new event is a new record and nothing else.</summary>
public static class EventCatalogue
{
    /// <summary>All kinds, by stored name.</summary>
    public static IReadOnlyList<EventKind> All { get; } = [.. typeof(EventCatalogue).Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(PracticeEvent)))
        .OrderBy(t => EventName.Alias(t.Name), StringComparer.Ordinal)
        .Select((t, number) => new EventKind(t, number))];

    private static readonly FrozenDictionary<Type, EventKind> ByRecord = All.ToFrozenDictionary(k => k.Record);

    private static readonly FrozenDictionary<string, EventKind> ByAlias = All.ToFrozenDictionary(k => k.Alias, StringComparer.Ordinal);

    /// <summary>The kind with a stored name such as <c>visit_recorded</c>, or with the CloudEvents type <c>practice.visit_recorded</c>.</summary>
    public static EventKind? Find(string name) =>
        ByAlias.GetValueOrDefault(name.StartsWith("practice.", StringComparison.Ordinal) ? name["practice.".Length..] : name);

    /// <summary>The kind that a record stands for.</summary>
    public static EventKind Kind<T>()
        where T : PracticeEvent => ByRecord[typeof(T)];

    /// <summary>The kind of an event.</summary>
    public static EventKind KindOf(PracticeEvent e) => ByRecord[e.GetType()];
}
