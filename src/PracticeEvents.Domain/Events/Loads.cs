namespace PracticeEvents.Domain.Events;

/// <summary>
/// A file of history was read to its end: every event that carries the load's name has been appended. Until then nobody is told of what the
/// load makes late, and then each person is told once, in a digest.
/// </summary>
[AppendedHere]
public sealed record LoadFinished : PracticeEvent
{
    /// <summary>The load's name, made from the file and the instant at which it began.</summary>
    [Identifier]
    public required string Load { get; init; }

    /// <summary>Code of the file's format, such as <c>cin-census</c>.</summary>
    public required string Format { get; init; }

    /// <summary>How many events the load appended.</summary>
    public required int Events { get; init; }
}
