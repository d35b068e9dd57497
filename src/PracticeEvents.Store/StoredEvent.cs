namespace PracticeEvents.Store;

/// <summary>An event as it stands in the log.</summary>
/// <param name="Position">Place in the order of everything (<c>seq_id</c>): sequence order is commit order, and there are no gaps that fill later.</param>
/// <param name="Id">The event's identity.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Type">Stored type name.</param>
/// <param name="Data">The body, JSON.</param>
/// <param name="Source">Who said it.</param>
/// <param name="EventId">The sender's id.</param>
/// <param name="ReceivedAt">When this service was told (UTC instant).</param>
/// <param name="Headers">The caller's headers with the store's own, a JSON object.</param>
public sealed record StoredEvent(
    long Position, Guid Id, string Stream, long Version, string Type, string Data, string Source, string EventId, DateTimeOffset ReceivedAt, string Headers)
{
    /// <summary>Correlation id, if it had one.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Causation id, if it had one.</summary>
    public string? CausationId { get; init; }
}
