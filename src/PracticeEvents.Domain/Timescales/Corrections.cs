using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Timescales;

/// <summary>Applies corrections: the wrong fact stays in the log, and every calculation from then on leaves it out or uses the right body.</summary>
public static class Corrections
{
    /// <summary>The facts that stand, in order of happening. A later correction (by when it was recorded) outranks an earlier one and may undo it;
    /// a correction whose fact is not known yet waits, and takes effect when the fact arrives.</summary>
    public static List<Fact> Apply(IEnumerable<Fact> recorded)
    {
        var facts = new Dictionary<(string Source, string Id), Fact>();
        List<Fact>? corrections = null;
        foreach (var fact in recorded)
        {
            if (fact.Event is RecordedInError or Corrected)
            {
                (corrections ??= []).Add(fact);
            }
            else
            {
                facts[(fact.Source, fact.EventId)] = fact;
            }
        }

        if (corrections is not null)
        {
            Settle(facts, corrections);
        }

        var standing = facts.Values.ToList();
        standing.Sort(ByHappening);
        return standing;
    }

    private static void Settle(Dictionary<(string Source, string Id), Fact> facts, List<Fact> corrections)
    {
        corrections.Sort((a, b) => a.RecordedAt != b.RecordedAt ? b.RecordedAt.CompareTo(a.RecordedAt) : b.Id.CompareTo(a.Id));
        var withdrawn = new HashSet<(string, string)>();
        var corrected = new HashSet<(string, string)>();
        foreach (var correction in corrections.Where(c => !withdrawn.Contains((c.Source, c.EventId))))
        {
            switch (correction.Event)
            {
                case RecordedInError error:
                    withdrawn.Add((error.Source ?? correction.Source, error.Event));
                    break;
                case Corrected right when corrected.Add((right.Source ?? correction.Source, right.Event))
                    && facts.TryGetValue((right.Source ?? correction.Source, right.Event), out var wrong):
                    facts[(wrong.Source, wrong.EventId)] = wrong with { Event = CorrectedBody.Of(wrong.Event, right) };
                    break;
                default:
                    break;
            }
        }

        foreach (var key in withdrawn)
        {
            facts.Remove(key);
        }
    }

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
