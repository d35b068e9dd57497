using System.Text.Json;

namespace PracticeEvents.Domain.Events;

/// <summary>An earlier event should never have been recorded. It stays in the log; every calculation from then on leaves it out.</summary>
public sealed record RecordedInError : ChildEvent
{
    /// <summary>The CloudEvents id of the wrong event.</summary>
    [Identifier]
    public required string Event { get; init; }

    /// <summary>The CloudEvents source of the wrong event; when not given, the source of this one.</summary>
    [Identifier]
    public string? Source { get; init; }
}

/// <summary>An earlier event was wrong and this is what it should have said. Every calculation from then on uses the right body.</summary>
public sealed record Corrected : ChildEvent
{
    /// <summary>The CloudEvents id of the wrong event.</summary>
    [Identifier]
    public required string Event { get; init; }

    /// <summary>The CloudEvents source of the wrong event; when not given, the source of this one.</summary>
    [Identifier]
    public string? Source { get; init; }

    /// <summary>The whole right body of the wrong event, checked as an event of that type is.</summary>
    public required JsonElement Data { get; init; }
}
