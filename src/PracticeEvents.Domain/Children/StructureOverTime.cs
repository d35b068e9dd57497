using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Children;

/// <summary>The authority's teams and workers as they were known from one instant to the next.</summary>
public sealed class StructureOverTime
{
    private readonly Fact[] facts;
    private readonly DateTimeOffset[] changes;
    private readonly DateTimeOffset[] days;
    private readonly Lazy<Structure>[] known;

    /// <summary>Structure events, in any order: each counts from when it was received.</summary>
    public StructureOverTime(IEnumerable<Fact> structure)
    {
        facts = [.. structure.OrderBy(f => f.ReceivedAt).ThenBy(f => f.Position)];
        changes = [.. facts.Select(f => f.ReceivedAt).Distinct()];

        // What is known stays, and who is in changes with the day.
        days = [.. changes.Concat(new Absences(facts).Changes().Where(d => d < DateOnly.MaxValue).Select(d => London.StartOf(d).ToUniversalTime())).Distinct().Order()];

        // The first is what was known before anything was.
        known = [.. Enumerable.Range(0, changes.Length + 1).Select(n => new Lazy<Structure>(() => new Structure(n == 0 ? [] : facts.TakeWhile(f => f.ReceivedAt <= changes[n - 1]))))];
    }

    /// <summary>The structure as known at an instant.</summary>
    public Structure At(DateTimeOffset instant) => known[CountBy(changes, instant)].Value;

    /// <summary>The instants after one at which the structure, or who is away, changed, in order.</summary>
    public ReadOnlySpan<DateTimeOffset> ChangesAfter(DateTimeOffset instant) => days.AsSpan(CountBy(days, instant));

    private static int CountBy(DateTimeOffset[] instants, DateTimeOffset instant)
    {
        var place = Array.BinarySearch(instants, instant);
        return place < 0 ? ~place : place + 1;
    }
}
