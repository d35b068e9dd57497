namespace PracticeEvents.Store;

/// <summary>One thing that came in from outside: kept as it came, with what became of it. A web request may bring many.</summary>
/// <param name="Sender">The registered source that proved itself, such as <c>cms</c>.</param>
/// <param name="Format">Which input read it: <c>cloudevents</c>, <c>dfe-csc</c>, <c>cin-census</c>…</param>
/// <param name="Key">The sender's own key for it (event id, child id, row path), shown in the inbox; may be absent.</param>
/// <param name="Body">The payload exactly as it came.</param>
/// <param name="ReceivedAt">UTC instant.</param>
public sealed record Delivery(string Sender, string Format, string? Key, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>Events that were read from it. All are appended in the same transaction as the inbox row.</summary>
    public IReadOnlyList<NewEvent> Events { get; init; } = [];

    /// <summary>Why it cannot be taken, in words; nothing when it can. A delivery with a reason is quarantined whole and its events are not appended.</summary>
    public string? Refusal { get; init; }

    /// <summary>The quarantined inbox row that this delivery repairs; that row becomes <c>replayed</c> when this one is taken.</summary>
    public long? Replays { get; init; }
}

/// <summary>What became of a delivery or of one of its events.</summary>
public enum Fate
{
    /// <summary>Stored now.</summary>
    Accepted,

    /// <summary>Stored before, word for word; nothing was added.</summary>
    Duplicate,

    /// <summary>Kept, not understood or not consistent; needs a person.</summary>
    Quarantined,

    /// <summary>The stream had moved on from the expected version; nothing was added.</summary>
    Conflict,

    /// <summary>Was quarantined, then repaired and taken.</summary>
    Replayed,
}

/// <summary>The fate of one event.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Position">Its place in the order of everything (of the first one, when it is a duplicate); 0 when it has none.</param>
/// <param name="Version">Its version in its stream, or for a conflict the version that the stream stands at.</param>
public sealed record Appended(Fate Fate, long Position, long Version);

/// <summary>The fate of a delivery.</summary>
/// <param name="InboxId">Its inbox row; for an exact duplicate, the row of the first delivery; 0 when there is none.</param>
/// <param name="Fate">Accepted when at least one event was added; duplicate when all were stored before; quarantined otherwise.</param>
/// <param name="Events">The fate of each event, in order.</param>
/// <param name="Reason">Why it was quarantined, in words.</param>
public sealed record Receipt(long InboxId, Fate Fate, IReadOnlyList<Appended> Events, string? Reason);
