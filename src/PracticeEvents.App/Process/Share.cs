using System.Globalization;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>One share of the children, which this node holds by a lease, and how far it has worked through the log for them.</summary>
/// <param name="Partition">Which share.</param>
/// <param name="Lease">The lease by which it is held.</param>
/// <param name="Position">Last position in the log that is worked through for the children of this share.</param>
internal sealed record Share(int Partition, Lease Lease, long Position)
{
    /// <summary>Names of all leases there are to share out.</summary>
    public static IReadOnlyList<string> Leases { get; } = [.. Enumerable.Range(0, Partitions.Count).Select(p => string.Create(CultureInfo.InvariantCulture, $"timescales/{p}"))];

    /// <summary>Names of the positions of all shares, in Marten's table of progress.</summary>
    public static IReadOnlyList<string> Positions { get; } = [.. Enumerable.Range(0, Partitions.Count).Select(p => string.Create(CultureInfo.InvariantCulture, $"Timescales:{p}"))];

    /// <summary>Name of this share's position.</summary>
    public string PositionName => Positions[Partition];

    /// <summary>Which share a lease is for.</summary>
    public static int PartitionOf(Lease lease) => int.Parse(lease.Name.AsSpan("timescales/".Length), CultureInfo.InvariantCulture);
}

/// <summary>Shares that stand at the same position and are worked through together.</summary>
/// <param name="Shares">The shares.</param>
/// <param name="Through">How far they may go before others join them; nothing when they are the foremost.</param>
internal sealed record Cohort(IReadOnlyList<Share> Shares, long? Through)
{
    /// <summary>Where all of them stand.</summary>
    public long From => Shares[0].Position;

    /// <summary>Which shares they are.</summary>
    public int[] Partitions { get; } = [.. Shares.Select(s => s.Partition)];

    /// <summary>What is not about a child is dealt with beside the children of the first share.</summary>
    public bool HasFirst => Shares.Any(s => s.Partition == 0);

    /// <summary>Those that are furthest behind, up to where the next stand. Nothing when no share is held.</summary>
    public static Cohort? Hindmost(IReadOnlyCollection<Share> held)
    {
        var byPosition = held.GroupBy(s => s.Position).OrderBy(g => g.Key).ToList();
        return byPosition.Count == 0 ? null : new Cohort([.. byPosition[0]], byPosition.Count == 1 ? null : byPosition[1].Key);
    }
}
