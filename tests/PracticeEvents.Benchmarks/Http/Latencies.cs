namespace PracticeEvents.Benchmarks.Http;

/// <summary>How long things took, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<double> all = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (all)
            {
                return all.Count;
            }
        }
    }

    public void Add(double milliseconds)
    {
        lock (all)
        {
            all.Add(milliseconds);
        }
    }

    /// <summary>Adds all of another.</summary>
    public void AddAll(Latencies others)
    {
        lock (all)
        {
            all.AddRange(others.all);
        }
    }

    /// <summary>The time within which a share of them, 0 to 1, was done.</summary>
    public double Within(double share)
    {
        lock (all)
        {
            all.Sort();
            return all.Count == 0 ? 0 : all[Math.Min(all.Count - 1, (int)(all.Count * share))];
        }
    }
}
