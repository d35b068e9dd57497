namespace PracticeEvents.Domain.Events;

/// <summary>A worker joined, or what they are changed: the last registration holds.</summary>
public sealed record WorkerRegistered : PracticeEvent
{
    /// <summary>The worker's opaque reference.</summary>
    public required string Worker { get; init; }

    /// <summary>What the worker is; at least one.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>The team they work in; nothing for those who work across teams.</summary>
    public string? Team { get; init; }

    /// <summary>The first day of a newly qualified social worker's assessed and supported year in employment.</summary>
    [PlansAhead]
    public DateOnly? AsyeFrom { get; init; }
}

/// <summary>A worker left the council. Their open alerts need a new owner.</summary>
public sealed record WorkerLeft : PracticeEvent
{
    /// <summary>The worker.</summary>
    public required string Worker { get; init; }
}

/// <summary>A worker is or will be away.</summary>
public sealed record AbsenceRecorded : PracticeEvent
{
    /// <summary>The worker who is away.</summary>
    public required string Worker { get; init; }

    /// <summary>The first day away.</summary>
    [PlansAhead]
    public required DateOnly From { get; init; }

    /// <summary>The last day away, itself included.</summary>
    [PlansAhead]
    public required DateOnly To { get; init; }

    /// <summary>The worker who stands in and is sent the alerts meanwhile.</summary>
    public string? Cover { get; init; }
}

/// <summary>A worker's absence was called off: the one with the dates given, or every one when none are.</summary>
public sealed record AbsenceCancelled : PracticeEvent
{
    /// <summary>The worker.</summary>
    public required string Worker { get; init; }

    /// <summary>The first day of the absence called off.</summary>
    [PlansAhead]
    public DateOnly? From { get; init; }

    /// <summary>The last day of the absence called off.</summary>
    [PlansAhead]
    public DateOnly? To { get; init; }
}

/// <summary>A team was set up, or its managers changed: the last registration holds.</summary>
public sealed record TeamRegistered : PracticeEvent
{
    /// <summary>The team's opaque reference.</summary>
    public required string Team { get; init; }

    /// <summary>Code of the service that the team is part of.</summary>
    public string? Service { get; init; }

    /// <summary>The worker who manages the team.</summary>
    public string? TeamManager { get; init; }

    /// <summary>The worker who heads the service.</summary>
    public string? HeadOfService { get; init; }

    /// <summary>True for the team that answers for children who have come to notice and are with no team yet. Where several say so, the first by reference does.</summary>
    public bool FrontDoor { get; init; }
}

/// <summary>An edition of the rules came into use; <c>by</c> is who published it.</summary>
[AppendedHere]
public sealed record RulesPublished : PracticeEvent
{
    /// <summary>Code of the pack of rules.</summary>
    public required string Pack { get; init; }

    /// <summary>SHA-256 of what was published, in hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>An edition of the calendar of bank holidays and closures came into use; <c>by</c> is who published it.</summary>
[AppendedHere]
public sealed record CalendarPublished : PracticeEvent
{
    /// <summary>Code of the calendar.</summary>
    public required string Pack { get; init; }

    /// <summary>SHA-256 of what was published, in hexadecimal.</summary>
    public required string Hash { get; init; }
}
