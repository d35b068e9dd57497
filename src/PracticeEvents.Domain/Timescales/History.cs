using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>What is known of one child: the facts that stand, corrections applied, in the order in which they happened.
/// The order of arrival leaves no trace in it, so late and back-dated facts need no special case.</summary>
public sealed class History
{
    private readonly Fact[] facts;
    private readonly EventKind[] kindOf;
    private readonly Fact[] byKind;
    private readonly int[] ends = new int[EventCatalogue.All.Count];
    private readonly List<EventKind> kinds = [];

    private History(List<Fact> standing)
    {
        facts = [.. standing];
        kindOf = Array.ConvertAll(facts, f => EventCatalogue.KindOf(f.Event));
        byKind = new Fact[facts.Length];
        Group();
    }

    /// <summary>The facts that stand, by when they happened; facts of one day come in an order that depends only on the facts.</summary>
    public IReadOnlyList<Fact> Facts => facts;

    /// <summary>The kinds of which there are facts, each once.</summary>
    public IReadOnlyList<EventKind> Kinds => kinds;

    /// <summary>London date of birth as last told; nothing for an unborn child, or when it was never given.</summary>
    public DateOnly? DateOfBirth =>
        Of(EventCatalogue.Kind<ChildBorn>()) is [.., var born] ? born.On.Date
        : Of(EventCatalogue.Kind<ChildRegistered>()).LastOrDefault(f => ((ChildRegistered)f.Event).DateOfBirth is not null) is { } told ? ((ChildRegistered)told.Event).DateOfBirth
        : null;

    /// <summary>True when the child was registered before birth.</summary>
    public bool IsExpected => Of(EventCatalogue.Kind<ChildRegistered>()).Any(f => ((ChildRegistered)f.Event).ExpectedDateOfBirth is not null);

    /// <summary>The facts of one kind, in order.</summary>
    public IReadOnlyList<Fact> Of(EventKind kind) => new ArraySegment<Fact>(byKind, StartOf(kind), ends[kind.Number] - StartOf(kind));

    /// <summary>The history that stands after every correction and withdrawal among the facts recorded.</summary>
    public static History Of(IEnumerable<Fact> recorded) => new(Corrections.Apply(recorded));

    /// <summary>The same history with more facts, for those who look at it again and again as it grows. None of the facts may be a correction, or be known already.</summary>
    public History Plus(IEnumerable<Fact> news)
    {
        var standing = new List<Fact>(facts.Length + 4);
        standing.AddRange(facts);
        foreach (var fact in news)
        {
            standing.Insert(~standing.BinarySearch(fact, Corrections.InOrder), fact);
        }

        return new(standing);
    }

    /// <summary>The facts that matter to a rule, in order.</summary>
    internal List<Fact> Heeded(IndexedRule rule)
    {
        var heeded = new List<Fact>();
        for (var i = 0; i < facts.Length; i++)
        {
            if (rule.Heeds(kindOf[i]))
            {
                heeded.Add(facts[i]);
            }
        }

        return heeded;
    }

    /// <summary>True when a fact that counts happened on or after a London date and before another.</summary>
    internal bool Any(Trigger trigger, DateOnly from, DateOnly before)
    {
        foreach (var fact in Span(trigger.Kind))
        {
            if (fact.On.Date >= before)
            {
                return false;
            }

            if (fact.On.Date >= from && trigger.Matches(fact.Event))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The date of the latest fact that counts, on or before a London date; nothing when there is none.</summary>
    internal DateOnly? LatestDate(IReadOnlyList<Trigger> triggers, DateOnly through)
    {
        DateOnly? latest = null;
        for (var i = 0; i < triggers.Count; i++)
        {
            if (Latest(triggers[i], through) is { } fact && !(fact.On.Date <= latest))
            {
                latest = fact.On.Date;
            }
        }

        return latest;
    }

    /// <summary>The first fact that counts; nothing when there is none.</summary>
    internal Fact? First(Trigger trigger)
    {
        foreach (var fact in Span(trigger.Kind))
        {
            if (trigger.Matches(fact.Event))
            {
                return fact;
            }
        }

        return null;
    }

    /// <summary>The latest fact of a kind, on or before a London date; nothing when there is none.</summary>
    internal Fact? Latest(EventKind kind, DateOnly through)
    {
        var facts = Span(kind);
        for (var i = facts.Length - 1; i >= 0; i--)
        {
            if (facts[i].On.Date <= through)
            {
                return facts[i];
            }
        }

        return null;
    }

    /// <summary>The latest fact that counts, on or before a London date; nothing when there is none.</summary>
    internal Fact? Latest(Trigger trigger, DateOnly through)
    {
        var facts = Span(trigger.Kind);
        for (var i = facts.Length - 1; i >= 0; i--)
        {
            if (facts[i].On.Date <= through && trigger.Matches(facts[i].Event))
            {
                return facts[i];
            }
        }

        return null;
    }

    private ReadOnlySpan<Fact> Span(EventKind kind) => byKind.AsSpan(StartOf(kind), ends[kind.Number] - StartOf(kind));

    private int StartOf(EventKind kind) => kind.Number == 0 ? 0 : ends[kind.Number - 1];

    // Facts of one kind lie side by side, in their order: first the number of each kind becomes the place where it starts, then each fact takes the next place of its kind.
    private void Group()
    {
        foreach (var kind in kindOf)
        {
            ends[kind.Number]++;
        }

        var start = 0;
        for (var number = 0; number < ends.Length; number++)
        {
            if (ends[number] > 0)
            {
                kinds.Add(EventCatalogue.All[number]);
            }

            (ends[number], start) = (start, start + ends[number]);
        }

        for (var i = 0; i < facts.Length; i++)
        {
            byKind[ends[kindOf[i].Number]++] = facts[i];
        }
    }
}
