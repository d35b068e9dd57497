using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Timescales;

/// <summary>What is known of one child: the facts that stand, corrections applied, in the order in which they happened.
/// The order of arrival leaves no trace in it, so late and back-dated facts need no special case.</summary>
public sealed class History
{
    private readonly Dictionary<EventKind, List<Fact>> byKind = [];

    private History(List<Fact> facts)
    {
        Facts = facts;
        foreach (var fact in facts)
        {
            var kind = EventCatalogue.KindOf(fact.Event);
            (byKind.TryGetValue(kind, out var list) ? list : byKind[kind] = []).Add(fact);
        }
    }

    /// <summary>The facts that stand, by when they happened; facts of one day come in an order that depends only on the facts.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The facts of one kind, in order.</summary>
    public IReadOnlyList<Fact> Of(EventKind kind) => byKind.TryGetValue(kind, out var list) ? list : [];

    /// <summary>The history that stands after every correction and withdrawal among the facts recorded.</summary>
    public static History Of(IEnumerable<Fact> recorded) => new(Corrections.Apply(recorded));
}
