namespace PracticeEvents.Store;

/// <summary>How a private PostgreSQL cluster is made and run.</summary>
public sealed record ClusterOptions
{
    /// <summary>
    /// Folder that it belongs to. Its files are in here, unless the unprivileged user that PostgreSQL runs as cannot reach it; then they are
    /// in a folder under <c>/var/lib/practice-events</c>, and a pointer in here remembers which.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>For a test run: nothing is forced to disk, and everything is deleted when the last user is gone.</summary>
    public bool ForTests { get; init; }

    /// <summary>Memory for shared buffers, in megabytes. Default a sixth of the machine's (or container's), within 128 and 4096: the indexes that an append touches are 1.4 GB
    /// when ten million events are stored.</summary>
    public int SharedBuffersMegabytes { get; init; } = (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 6 / (1024 * 1024), 128, 4096);

    /// <summary>Most write-ahead log that is kept for a restart after a crash, in megabytes. Default a tenth of what is free on the disk of
    /// the temporary folder, within 1024 and 8192. After each checkpoint the first touch of a page goes whole into that log, and event
    /// identities are hashes, so that each event touches pages of its own: with 2 GB, an event costs a third more when ten million are
    /// stored.</summary>
    public int WriteAheadMegabytes { get; init; } = (int)Math.Clamp(new DriveInfo(Path.GetTempPath()).AvailableFreeSpace / 10 / (1024 * 1024), 1024, 8192);

    /// <summary>Most connections. Default 200.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Folder with <c>initdb</c> and <c>postgres</c>; looked for when not given (also <c>PRACTICE_PG_BIN</c>).</summary>
    public string? Binaries { get; init; }

    /// <summary>How long a start, with recovery after a crash, may take. Default two minutes.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A throwaway cluster in the machine's temporary folder. Many services share it, each with a pool of connections of its own.</summary>
    public static ClusterOptions Throwaway() =>
        new()
        {
            Folder = Path.Combine(Path.GetTempPath(), $"practice-test-{Guid.NewGuid():n}"),
            ForTests = true,
            SharedBuffersMegabytes = 128,
            WriteAheadMegabytes = 2048,
            MaxConnections = 500,
        };
}
