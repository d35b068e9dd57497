using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>One load as it goes on: stores its chunks and counts.</summary>
internal sealed class ImportLoad(string name, EventStore store, TimeProvider clock, IProgress<ImportProgress>? progress, CancellationToken ct)
{
    private int read;

    /// <summary>The load's name.</summary>
    public string Name { get; } = name;

    /// <summary>Where to.</summary>
    public EventStore Store => store;

    /// <summary>Stops the load between two chunks.</summary>
    public CancellationToken Stop => ct;

    /// <summary>Events appended so far.</summary>
    public int Added { get; private set; }

    /// <summary>Every value read, by name.</summary>
    public Tally Counts { get; } = new();

    /// <summary>What could not be taken.</summary>
    public List<Refused> Refusals { get; } = [];

    /// <summary>What was taken with a doubt.</summary>
    public List<Refused> Notes { get; } = [];

    /// <summary>When the chunk at hand is received (UTC).</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Stores a chunk of so many children or events.</summary>
    public async Task<IReadOnlyList<Receipt>> StoreAsync(IReadOnlyList<Delivery> deliveries, int size)
    {
        var receipts = await store.LoadAsync(deliveries, ct);
        Added += receipts.Sum(r => r.Events.Count(e => e.Fate is Fate.Accepted));
        read += size;
        progress?.Report(new ImportProgress(read, Added));
        return receipts;
    }
}
