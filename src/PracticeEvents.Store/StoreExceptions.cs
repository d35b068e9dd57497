namespace PracticeEvents.Store;

/// <summary>More is waiting to be stored than the store will hold in memory. Nothing of the call was taken; send it again later.</summary>
/// <param name="retryAfter">How long to wait before sending again.</param>
public sealed class StoreBusyException(TimeSpan retryAfter) : Exception("Too much is waiting to be stored.")
{
    /// <summary>How long to wait before sending again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The database cannot be reached. Whether the call was stored is not known; sending it again is safe, because event ids are unique for ever.</summary>
/// <param name="reason">What the database or the network said.</param>
public sealed class StoreUnavailableException(Exception reason) : Exception("The database cannot be reached.", reason);

/// <summary>The lease has passed to another holder, or has run out. What the stale holder was writing must not be committed.</summary>
/// <param name="name">The lease.</param>
/// <param name="epoch">The epoch that the stale holder had.</param>
public sealed class LeaseLostException(string name, long epoch) : Exception($"The lease {name} is no longer held at epoch {epoch}.")
{
    /// <summary>The lease.</summary>
    public string Name { get; } = name;
}

/// <summary>A consumer's position is not where it left it: another node has moved it. Its transaction must be rolled back.</summary>
/// <param name="name">The consumer.</param>
/// <param name="from">The position it believed it stood at.</param>
public sealed class PositionLostException(string name, long from) : Exception($"The position of {name} is no longer {from}.")
{
    /// <summary>The consumer.</summary>
    public string Name { get; } = name;
}

/// <summary>The private PostgreSQL cluster cannot be made, started or reached; the message is one sentence for the person at the terminal.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="inner">What caused it, if anything did.</param>
public sealed class ClusterException(string message, Exception? inner = null) : Exception(message, inner);
