namespace PracticeEvents.Domain.Events;

/// <summary>The child became known to the council's children's services. Exactly one of the two dates of birth is given.</summary>
public sealed record ChildRegistered : ChildEvent
{
    /// <summary>The child's date of birth. Decides everything that goes by age, such as health assessments and pathway planning.</summary>
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>For a child not yet born, when the birth is expected: at most a year ahead.</summary>
    [PlansAhead(Years = 1)]
    public DateOnly? ExpectedDateOfBirth { get; init; }

    /// <summary>Opaque reference that brothers and sisters share, so that their alerts can be read together.</summary>
    public string? Family { get; init; }

    /// <summary>True when the present placement is intended to last until the child is 18 (Care Planning Regulations 2010, reg 28(2)(c)).</summary>
    public bool? IntendedToLastTo18 { get; init; }
}

/// <summary>A child registered before birth was born, on the day this event happened.</summary>
public sealed record ChildBorn : ChildEvent;

/// <summary>The child died. Every duty stops; nobody is sent a reminder about a child who has died.</summary>
public sealed record ChildDied : ChildEvent;

/// <summary>A worker took on a part in the child's case.</summary>
public sealed record CaseAllocated : ChildEvent
{
    /// <summary>The worker who took it on.</summary>
    public required string Worker { get; init; }

    /// <summary>The worker's team, which decides the team manager and head of service who are told.</summary>
    public string? Team { get; init; }

    /// <summary>The part taken on: a child can have one worker in each.</summary>
    public required CaseRole Role { get; init; }

    /// <summary>Code for why the worker changed.</summary>
    public string? Reason { get; init; }
}

/// <summary>A worker gave up a part in the child's case.</summary>
public sealed record CaseUnallocated : ChildEvent
{
    /// <summary>The worker who gave it up.</summary>
    public required string Worker { get; init; }

    /// <summary>The part given up.</summary>
    public required CaseRole Role { get; init; }

    /// <summary>Code for why.</summary>
    public string? Reason { get; init; }
}

/// <summary>The case moved from one team to another.</summary>
public sealed record CaseTransferred : ChildEvent
{
    /// <summary>The team that had the case.</summary>
    public string? FromTeam { get; init; }

    /// <summary>The team that has it now.</summary>
    public required string ToTeam { get; init; }
}

/// <summary>The case was closed to children's social care.</summary>
public sealed record CaseClosed : ChildEvent
{
    /// <summary>Code for why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A manager set how often this child must be visited, when risk asks for more than the local standard.</summary>
public sealed record RiskLevelSet : ChildEvent
{
    /// <summary>The child's own visiting interval, in working days: a visit at least this often.</summary>
    public required int VisitEveryWorkingDays { get; init; }

    /// <summary>Code for why.</summary>
    public string? ReasonCode { get; init; }
}
