using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>What is recorded of a child up to some event of its stream.</summary>
/// <param name="Facts">The facts, in order of arrival.</param>
/// <param name="Version">Version of the last event; 0 when the next event may change what the others say, so that they must be read again.</param>
/// <param name="Last">The last event that others told; nothing when there is none.</param>
internal sealed record KnownHistory(IReadOnlyList<Fact> Facts, long Version, LoadedEvent? Last)
{
    /// <summary>The rows of the views as they were last committed; nothing when that is not known.</summary>
    public WrittenRows? Written { get; init; }
}

/// <summary>Facts of children who were worked through lately, so that one more event does not have the whole record read and parsed again.
/// Bounded by facts, not children; those not needed for longest go first. What it holds is what the log says up to the position of the child's share:
/// it is emptied of a share that passes to another node, and filled only after a commit.</summary>
internal sealed class Histories(int most)
{
    private const int Least = 100_000;
    private const int Most = 2_000_000;
    private const int BytesPerFact = 700;

    private readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = new();
    private int facts;

    private sealed record Entry(string Child, KnownHistory History);

    /// <summary>As many facts as a fiftieth of the machine's (or container's) memory holds: an average authority's open children have 650,000, and
    /// every one that is not held is read again when its turn comes at midnight.</summary>
    public static Histories OfThisMachine() => new((int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 50 / BytesPerFact, Least, Most));

    /// <summary>Facts held at present.</summary>
    public int Facts => facts;

    /// <summary>A child's history with what has come since; nothing when they must be read, because they are not held or something is missing between.</summary>
    /// <exception cref="UnreadableEventException">One of the new events cannot be read.</exception>
    public KnownHistory? Find(string child, IReadOnlyList<StoredEvent> news)
    {
        if (!entries.TryGetValue(child, out var node))
        {
            return null;
        }

        var held = node.Value.History;
        byUse.Remove(node);
        byUse.AddLast(node);
        return news.Count == 0 ? held
            : news[0].Version == held.Version + 1 && news[^1].Version == held.Version + news.Count
                ? held with { Facts = [.. held.Facts, .. news.Select(StoredFacts.Read)], Version = news[^1].Version, Last = LoadedEvent.LastOf(news) ?? held.Last }
            : null;
    }

    /// <summary>Keeps what was worked through and committed.</summary>
    /// <param name="child">Child reference.</param>
    /// <param name="history">All facts up to the share's position.</param>
    public void Keep(string child, KnownHistory history)
    {
        Drop(child);
        if (history.Facts.Count > most)
        {
            return;
        }

        entries[child] = byUse.AddLast(new Entry(child, history));
        facts += history.Facts.Count;
        while (facts > most)
        {
            Drop(byUse.First!.Value.Child);
        }
    }

    /// <summary>Keeps nothing from here on: whoever works through everybody once needs nobody a second time.</summary>
    public void KeepNone()
    {
        most = 0;
        entries.Clear();
        byUse.Clear();
        facts = 0;
    }

    /// <summary>Forgets a child.</summary>
    public void Drop(string child)
    {
        if (entries.Remove(child, out var node))
        {
            byUse.Remove(node);
            facts -= node.Value.History.Facts.Count;
        }
    }

    /// <summary>Forgets everyone of some shares.</summary>
    public void Drop(IReadOnlySet<int> partitions)
    {
        // Asked at every pass, nearly always for none, and the share of a child is a hash to work out.
        if (partitions.Count == 0)
        {
            return;
        }

        foreach (var child in entries.Keys.Where(c => partitions.Contains(Partitions.Of(c))).ToList())
        {
            Drop(child);
        }
    }
}
