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
    private readonly AppendQueue _queue;

    /// <summary>Opens the store; the database must be migrated (<see cref="Schema.MigrateAsync"/>).</summary>
    public EventStore(NpgsqlDataSource source, ILogger<EventStore> log, EventStoreOptions? options = null)
    {
        _source = source;
        _queue = new AppendQueue(source, options ?? new EventStoreOptions(), log);
    }

    /// <summary>Events of this node that wait to be stored.</summary>
    public long Waiting => _queue.Depth;

    /// <summary>
    /// Keeps what came in and appends its events. A delivery is taken or refused whole, and never because of another delivery.
    /// When this returns, all of it is on disk.
    /// </summary>
    /// <returns>The fate of each delivery, in order.</returns>
    public async Task<IReadOnlyList<Receipt>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken ct = default) =>
        deliveries.Count == 0 ? [] : await _queue.AddAsync([.. deliveries.Select(delivery => AppendCommand.Prepare(delivery, kept: true))], ct);

    /// <summary>
    /// Appends events that are this service's own; no inbox row is kept. All are appended or none: when one is a conflict or says something
    /// else under a known id, those that were not stored before come back as <see cref="Fate.Conflict"/> or <see cref="Fate.Quarantined"/>.
    /// </summary>
    /// <exception cref="ArgumentException">An event cannot be stored, such as one whose body is not JSON.</exception>
    public async Task<IReadOnlyList<Appended>> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken ct = default) =>
        events.Count == 0 ? [] : (await _queue.AddAsync([Own(events)], ct))[0].Events;

    /// <summary>
    /// Appends within the caller's transaction (read committed), for a consumer whose rows, position and new events must commit together.
    /// It must be the last thing before the commit: every appender waits from here until then.
    /// </summary>
    /// <exception cref="ArgumentException">An event cannot be stored.</exception>
    public static async Task<IReadOnlyList<Appended>> AppendWithinAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<NewEvent> events, CancellationToken ct = default) =>
        events.Count == 0 ? [] : (await AppendCommand.RunAsync(connection, transaction, [Own(events)], ct))[0].Events;

    /// <summary>Stores what waits, then stops.</summary>
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private static AppendCommand.Item Own(IReadOnlyList<NewEvent> events)
    {
        var item = AppendCommand.Prepare(new Delivery("", "", null, default, events[0].ReceivedAt) { Events = events }, kept: false);
        return item.Refusal is null ? item : throw new ArgumentException(item.Refusal, nameof(events));
    }
}
