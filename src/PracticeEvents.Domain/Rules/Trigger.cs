using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Which events count: a kind, and what its members must be.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Where">Members and the values allowed for each; all must hold. Empty when any event of the kind counts.</param>
public sealed record Trigger(EventKind Kind, IReadOnlyList<Condition> Where)
{
    /// <summary>What ends every duty of a child, whatever its rule says.</summary>
    internal static readonly IReadOnlyList<Trigger> EndEverything =
    [
        new(EventCatalogue.Kind<ChildDied>(), []) { Because = "The child died." },
        new(EventCatalogue.Kind<CaseClosed>(), []) { Because = "The case was closed." },
    ];

    /// <summary>Count only the first such event of the period that <see cref="Edition.During"/> describes, or only the later ones; nothing for all.</summary>
    public Nth? Nth { get; init; }

    /// <summary>For a start: what must be so in the child's life on that day.</summary>
    public IReadOnlyList<Circumstance> When { get; init; } = [];

    /// <summary>For a start: the event counts only when it is at least the so-manieth of its kind within this long; nothing when each counts.</summary>
    public Repeated? Repeated { get; init; }

    /// <summary>True when this start carries on a duty that another kind of start has already opened, under this event's own reference.</summary>
    public bool Continues { get; init; }

    /// <summary>True when the event counts whatever reference it carries, even where the edition asks for the same one.</summary>
    public bool AnyRef { get; init; }

    /// <summary>For a stop: true when it takes the duty's place at the start of its day, as a new placement restarts the clock. The duty is then superseded, not missed.</summary>
    public bool Supersedes { get; init; }

    /// <summary>For a stop: why the duty ended, a sentence.</summary>
    public string? Because { get; init; }

    /// <summary>True for an event that counts.</summary>
    public bool Matches(PracticeEvent e)
    {
        if (e.GetType() != Kind.Record)
        {
            return false;
        }

        for (var i = 0; i < Where.Count; i++)
        {
            if (!Where[i].Holds(e))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>So many like events within so long, the last of them included: "three episodes in 30 days".</summary>
/// <param name="Times">How many at least.</param>
/// <param name="Within">Within how long.</param>
public sealed record Repeated(int Times, Span Within);

/// <summary>Looks through what a rule lists. Asked for every fact of every child, so without making anything on the way.</summary>
internal static class Triggers
{
    /// <summary>The first under which an event counts; nothing when there is none.</summary>
    public static Trigger? FirstMatching(this IReadOnlyList<Trigger> triggers, PracticeEvent e)
    {
        for (var i = 0; i < triggers.Count; i++)
        {
            if (triggers[i].Matches(e))
            {
                return triggers[i];
            }
        }

        return null;
    }

    /// <summary>True when none before it asks for the same kind of event.</summary>
    public static bool IsFirstOfItsKind(this IReadOnlyList<Trigger> triggers, int at)
    {
        for (var i = 0; i < at; i++)
        {
            if (triggers[i].Kind == triggers[at].Kind)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when an event that counts under one of them happened on or after a London date and before another.</summary>
    public static bool AreAnyIn(this IReadOnlyList<Trigger> triggers, History history, DateOnly from, DateOnly before)
    {
        for (var i = 0; i < triggers.Count; i++)
        {
            if (history.Any(triggers[i], from, before))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a history has an event that counts under one of them.</summary>
    public static bool AreAnyIn(this IReadOnlyList<Trigger> triggers, History history)
    {
        for (var i = 0; i < triggers.Count; i++)
        {
            if (history.First(triggers[i]) is not null)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What one member of an event must be.</summary>
/// <param name="Member">The member.</param>
/// <param name="Allowed">The values that will do.</param>
public sealed record Condition(EventMember Member, IReadOnlyList<object> Allowed)
{
    private readonly Func<PracticeEvent, bool> test = Member.IsOneOf(Allowed);

    /// <summary>True when the event's member has one of the values.</summary>
    public bool Holds(PracticeEvent e) => test(e);
}

/// <summary>Which of several like events in a period.</summary>
public enum Nth
{
    /// <summary>The first.</summary>
    First,

    /// <summary>All but the first.</summary>
    Later,
}
