using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Facts of children who were worked through lately, so that one more event does not have the whole record read and parsed again.
/// Bounded by facts, not children; those not needed for longest go first. What it holds is what the log says up to the position of the child's share:
/// it is emptied of a share that passes to another node, and filled only after a commit.</summary>
internal sealed class Histories(int most = Histories.MostFacts)
{
    private const int MostFacts = 100_000;

    private readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = new();
    private int facts;

    private sealed record Entry(string Child, IReadOnlyList<Fact> Recorded, long Version);

    /// <summary>Facts held at present.</summary>
    public int Facts => facts;

    /// <summary>A child's facts with what has come since, in order of arrival; nothing when they must be read, because they are not held or something is missing between.</summary>
    /// <exception cref="UnreadableEventException">One of the new events cannot be read.</exception>
    public IReadOnlyList<Fact>? Find(string child, IReadOnlyList<StoredEvent> news)
    {
        if (!entries.TryGetValue(child, out var node))
        {
            return null;
        }

        var held = node.Value;
        byUse.Remove(node);
        byUse.AddLast(node);
        return news.Count == 0 ? held.Recorded
            : news[0].Version == held.Version + 1 && news[^1].Version == held.Version + news.Count ? [.. held.Recorded, .. news.Select(StoredFacts.Read)]
            : null;
    }

    /// <summary>Keeps what was worked through and committed.</summary>
    /// <param name="child">Child reference.</param>
    /// <param name="recorded">All facts up to the share's position.</param>
    /// <param name="version">Version of the last of them in the child's stream.</param>
    public void Keep(string child, IReadOnlyList<Fact> recorded, long version)
    {
        Drop(child);
        if (recorded.Count > most)
        {
            return;
        }

        entries[child] = byUse.AddLast(new Entry(child, recorded, version));
        facts += recorded.Count;
        while (facts > most)
        {
            Drop(byUse.First!.Value.Child);
        }
    }

    /// <summary>Forgets a child.</summary>
    public void Drop(string child)
    {
        if (entries.Remove(child, out var node))
        {
            byUse.Remove(node);
            facts -= node.Value.Recorded.Count;
        }
    }

    /// <summary>Forgets everyone of some shares.</summary>
    public void Drop(IReadOnlySet<int> partitions)
    {
        foreach (var child in entries.Keys.Where(c => partitions.Contains(Partitions.Of(c))).ToList())
        {
            Drop(child);
        }
    }
}
