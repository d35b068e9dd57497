using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Timescales;

/// <summary>Applies corrections: the wrong fact stays in the log, and every calculation from then on leaves it out or uses the right body.</summary>
public static class Corrections
{
    /// <summary>The facts that stand, in order of happening. A later correction (by when it was recorded) outranks an earlier one,
    /// and one that was itself recorded in error says nothing; a correction whose fact is not known yet waits, and takes effect when the fact arrives.</summary>
    /// <exception cref="InvalidOperationException">A correction that came before its fact says what nobody believes.</exception>
    public static List<Fact> Apply(IEnumerable<Fact> recorded)
    {
        // By identity, which is made from source and id and is quicker to look up.
        var facts = new Dictionary<Guid, Fact>(recorded.TryGetNonEnumeratedCount(out var count) ? count : 0);
        List<Fact>? corrections = null;
        foreach (var fact in recorded)
        {
            if (fact.Event is RecordedInError or Corrected)
            {
                (corrections ??= []).Add(fact);
            }
            else
            {
                facts[fact.Id] = fact;
            }
        }

        if (corrections is not null)
        {
            Settle(facts, corrections);
        }

        var standing = facts.Values.ToList();
        standing.Sort(InOrder);
        return standing;
    }

    /// <summary>The order of a history: by when things happened; of one day, by what depends only on the facts.</summary>
    internal static readonly IComparer<Fact> InOrder = Comparer<Fact>.Create(ByHappening);

    private static void Settle(Dictionary<Guid, Fact> facts, List<Fact> corrections)
    {
        var known = facts.Values.ToDictionary(f => (f.Source, f.EventId), f => f.Id);
        var withdrawals = corrections.Where(c => c.Event is RecordedInError).ToLookup(Target);
        var standing = corrections.Where(c => Stands(c, withdrawals, [])).ToList();
        standing.Sort(LatestFirst);
        foreach (var key in standing.Where(c => c.Event is Corrected).Select(Target).Distinct())
        {
            if (known.TryGetValue(key, out var id))
            {
                var wrong = facts[id];
                var right = standing.First(c => c.Event is Corrected && Target(c) == key);
                var received = London.DateOf(right.ReceivedAt > wrong.ReceivedAt ? right.ReceivedAt : wrong.ReceivedAt);
                facts[id] = wrong with { Event = CorrectedBody.Of(wrong.Event, (Corrected)right.Event, received) };
            }
        }

        foreach (var withdrawn in standing.Where(c => c.Event is RecordedInError))
        {
            if (known.TryGetValue(Target(withdrawn), out var id))
            {
                facts.Remove(id);
            }
        }
    }

    // A correction that was itself recorded in error says nothing, whichever of the two was told or recorded first.
    private static bool Stands(Fact correction, ILookup<(string, string), Fact> withdrawals, HashSet<Guid> asked) =>
        !asked.Add(correction.Id) || !withdrawals[(correction.Source, correction.EventId)].Any(w => !asked.Contains(w.Id) && Stands(w, withdrawals, [.. asked]));

    private static (string Source, string Id) Target(Fact correction) => correction.Event switch
    {
        RecordedInError e => (e.Source ?? correction.Source, e.Event),
        Corrected c => (c.Source ?? correction.Source, c.Event),
        _ => throw new ArgumentException($"{correction.Type} corrects nothing.", nameof(correction)),
    };

    // Of two recorded at one instant, the later to arrive holds where nobody said when they were recorded: then the arrival is the recording.
    private static int LatestFirst(Fact a, Fact b) =>
        a.RecordedAt != b.RecordedAt ? b.RecordedAt.CompareTo(a.RecordedAt)
        : a.ReceivedAt == a.RecordedAt && b.ReceivedAt == b.RecordedAt && a.Position != b.Position ? b.Position.CompareTo(a.Position)
        : b.Id.CompareTo(a.Id);

    private static int ByHappening(Fact a, Fact b)
    {
        var order = a.On.CompareTo(b.On);
        if (order == 0)
        {
            order = string.CompareOrdinal(a.Type, b.Type);
        }

        return order == 0 ? a.Id.CompareTo(b.Id) : order;
    }
}
