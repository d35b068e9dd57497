using System.Text.Json;
using System.Text.Json.Serialization;

namespace PracticeEvents.Domain.Events;

/// <summary>A fact of practice, in the past tense. The record's name is its stored name: <c>VisitRecorded</c> is kept as <c>visit_recorded</c>.</summary>
public abstract record PracticeEvent
{
    /// <summary>When it happened in practice. A London date, with the instant where the time of day was given.</summary>
    public Happened On { get; init; }

    /// <summary>The worker who did it, as the case system knows them. Opaque, never a name.</summary>
    public string? By { get; init; }

    /// <summary>The case system's id of the assessment, plan, conference or order that the event belongs to.</summary>
    public string? Ref { get; init; }

    /// <summary>Members that this edition of the catalogue does not know. Kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>A fact about one child. Kept in the stream <c>child-{Child}</c>.</summary>
public abstract record ChildEvent : PracticeEvent
{
    /// <summary>The child's opaque case reference: 1 to 64 of <c>A-Za-z0-9._-</c>.</summary>
    public required string Child { get; init; }
}
