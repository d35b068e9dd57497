namespace PracticeEvents.Store;

/// <summary>An event to append. The store knows it as a type and a body, and never what it means.</summary>
/// <param name="Stream">Stream it belongs to, such as <c>child-4471</c>.</param>
/// <param name="Type">Stored type name (Marten's event alias), such as <c>visit_recorded</c>.</param>
/// <param name="DotNetType">The record's full name and assembly, as Marten writes it; may be absent.</param>
/// <param name="Data">The body, a JSON object.</param>
/// <param name="Source">Who said it. Together with <paramref name="EventId"/> a permanent unique key.</param>
/// <param name="EventId">The sender's id of the event.</param>
/// <param name="ReceivedAt">When this service was told (UTC instant); becomes the row's <c>timestamp</c>.</param>
public sealed record NewEvent(
    string Stream, string Type, string? DotNetType, string Data, string Source, string EventId, DateTimeOffset ReceivedAt)
{
    /// <summary>Version that the stream must stand at, or nothing to append whatever it stands at. 0 means that the stream must be new.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Marten's correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Marten's causation id.</summary>
    public string? CausationId { get; init; }

    /// <summary>Who acted, for Marten's <c>user_name</c>; may be absent.</summary>
    public string? UserName { get; init; }

    /// <summary>More headers, a JSON object of the caller's own; the store adds <c>source</c> and <c>id</c>. May be absent.</summary>
    public string? Headers { get; init; }

    /// <summary>The event's identity: the same for the same source and id, wherever and whenever it is worked out (RFC 9562 version 8, from SHA-256).</summary>
    public Guid Id => EventIdentity.Of(Source, EventId);
}
