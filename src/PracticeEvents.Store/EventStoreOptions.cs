namespace PracticeEvents.Store;

/// <summary>How one node gathers deliveries into commits.</summary>
public sealed record EventStoreOptions
{
    /// <summary>Most events in one commit. Default 500; 1 to 10,000.</summary>
    public int EventsPerCommit { get; init; } = 500;

    /// <summary>Most bytes of payload in one commit. Default 8 MB.</summary>
    public long BytesPerCommit { get; init; } = 8 * 1024 * 1024;

    /// <summary>Connections that append: while one commits, the next batch is made ready on another. Default 2; 1 to 8.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>Most events that wait in memory, those on their way among them; more are refused with <see cref="StoreBusyException"/>. Default 20,000.</summary>
    public int EventsWaiting { get; init; } = 20_000;

    /// <summary>Most bytes of payload that wait in memory. Default 128 MB.</summary>
    public long BytesWaiting { get; init; } = 128 * 1024 * 1024;

    /// <summary>Tries of one commit before its callers are told that the database is away. Default 5.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>Wait after the first failed try; it doubles each time. Default 50 ms.</summary>
    public TimeSpan FirstRetryAfter { get; init; } = TimeSpan.FromMilliseconds(50);
}
