namespace PracticeEvents.Domain.Events;

/// <summary>One message to a person about everything that a loaded history left open for them, in place of a message for each.</summary>
[AppendedHere]
public sealed record DigestReady : PracticeEvent
{
    /// <summary>The worker told.</summary>
    public required string Worker { get; init; }

    /// <summary>The load that it is about.</summary>
    public required string Load { get; init; }

    /// <summary>How many alerts are open.</summary>
    public required int Alerts { get; init; }

    /// <summary>About how many children.</summary>
    public required int Children { get; init; }

    /// <summary>How many of the alerts are about duties past their due date.</summary>
    public required int Overdue { get; init; }
}
