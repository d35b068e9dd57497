using System.Collections.Concurrent;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Rules;

/// <summary>Which kinds of event the council's systems have ever sent. It only grows. Rules that count only where they are sent wait for it.</summary>
public sealed class SentKinds
{
    private readonly ConcurrentDictionary<int, bool> sent = [];

    /// <summary>Notes that an event of a kind has come in.</summary>
    /// <returns>True when it is the first of its kind.</returns>
    public bool Add(EventKind kind) => sent.TryAdd(kind.Number, true);

    /// <summary>Forgets it again: what was to follow from it could not be stored.</summary>
    public void Remove(EventKind kind) => sent.TryRemove(kind.Number, out _);

    /// <summary>True once an event of the kind has come in.</summary>
    public bool Has(EventKind kind) => sent.ContainsKey(kind.Number);
}
