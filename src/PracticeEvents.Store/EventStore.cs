using Microsoft.Extensions.Logging;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// The event log of one node. Appends are gathered into group commits under one lock, so that sequence order is commit order and a reader
/// that polls for positions above its last never misses one. An event's (source, event id) is unique for ever.
/// </summary>
/// <remarks>Appending throws <see cref="StoreBusyException"/> and <see cref="StoreUnavailableException"/>; after either, send the same again.</remarks>
public sealed partial class EventStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly AppendMeter _meter;
    private readonly AppendQueue _queue;
    private readonly BulkLoad _load;
    private readonly EventStoreOptions _options;

    /// <summary>Opens the store; the database must be migrated (<see cref="Schema.MigrateAsync"/>).</summary>
    public EventStore(NpgsqlDataSource source, ILogger<EventStore> log, EventStoreOptions? options = null)
    {
        _source = source;
        _meter = new AppendMeter(() => Waiting);
        _options = options ?? new EventStoreOptions();
        _queue = new AppendQueue(source, _options, _meter, log);
        _load = new BulkLoad(source, _options, _meter, log);
    }

    /// <summary>Events of this node that wait to be stored or are on their way.</summary>
    public long Waiting => _queue?.Depth ?? 0;

    /// <summary>How long this node has neither stored nor refused anything although something waits; zero when nothing does.</summary>
    public TimeSpan Stalled => _queue?.Stalled ?? TimeSpan.Zero;

    /// <summary>How this node's appends have gone so far.</summary>
    public Appending Appending => _meter.Sum with { Waiting = Waiting };

    /// <summary>
    /// Keeps what came in and appends its events. A delivery is taken or refused whole, and never because of another delivery.
    /// When this returns, all of it is on disk.
    /// </summary>
    /// <returns>The fate of each delivery, in order.</returns>
    public async Task<IReadOnlyList<Receipt>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken ct = default) =>
        deliveries.Count == 0 ? [] : await _queue.AddAsync([.. deliveries.Select(delivery => AppendItem.Prepare(delivery, kept: true))], ct);

    /// <summary>
    /// The same for a first load: thousands of deliveries in one transaction, by bulk copy. Appenders wait until it has committed. What is not
    /// all new is stored in the ordinary way, so the outcome is always that of <see cref="ReceiveAsync"/>.
    /// </summary>
    /// <returns>The fate of each delivery, in order.</returns>
    public async Task<IReadOnlyList<Receipt>> LoadAsync(IReadOnlyList<Delivery> deliveries, CancellationToken ct = default)
    {
        if (deliveries.Count == 0)
        {
            return [];
        }

        var items = new AppendItem[deliveries.Count];
        Parallel.For(0, items.Length, new ParallelOptions { CancellationToken = ct }, i => items[i] = AppendItem.Prepare(deliveries[i], kept: true));
        if (await _load.TryAsync(items, ct) is { } stored)
        {
            return stored;
        }

        var receipts = new List<Receipt>(items.Length);
        foreach (var some in items.Chunk(_options.EventsPerCommit))
        {
            receipts.AddRange(await _queue.AddAsync(some, ct));
        }

        return receipts;
    }

    /// <summary>
    /// Appends events that are this service's own; no inbox row is kept. All are appended or none: when one is a conflict or says something
    /// else under a known id, those that were not stored before come back as <see cref="Fate.Conflict"/> or <see cref="Fate.Quarantined"/>.
    /// </summary>
    /// <exception cref="ArgumentException">An event cannot be stored, such as one whose body is not JSON.</exception>
    public async Task<IReadOnlyList<Appended>> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken ct = default) =>
        events.Count == 0 ? [] : (await _queue.AddAsync([AppendItem.Own(events)], ct))[0].Events;

    /// <summary>
    /// Appends within the caller's transaction (read committed), for a consumer whose rows, position and new events must commit together.
    /// It must be the last thing before the commit: every appender waits from here until then.
    /// </summary>
    /// <param name="events">The events, one at least.</param>
    /// <exception cref="ArgumentException">An event cannot be stored.</exception>
    public static Query<IReadOnlyList<Appended>> AppendWithin(IReadOnlyList<NewEvent> events) =>
        AppendCommand.Of(new AppendBatch([AppendItem.Own(events)])).Then(receipts => receipts[0].Events);

    /// <summary>Stores what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _meter.Dispose();
    }
}
