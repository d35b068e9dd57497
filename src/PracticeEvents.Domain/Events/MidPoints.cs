namespace PracticeEvents.Domain.Events;

/// <summary>The cycle of reviews or work whose half-way point is tracked.</summary>
public enum MidPointCycle
{
    /// <summary>Between child protection conferences; the chair's.</summary>
    ChildProtection,

    /// <summary>Between looked-after reviews; the independent reviewing officer's.</summary>
    LookedAfter,

    /// <summary>During pre-proceedings; the PLO coordinator's.</summary>
    PreProceedings,
}

/// <summary>The cycle of reviews for which a date is booked.</summary>
public enum ReviewCycle
{
    /// <summary>Child protection conferences.</summary>
    ChildProtection,

    /// <summary>Looked-after reviews.</summary>
    LookedAfter,
}

/// <summary>An answer at a mid-point check.</summary>
public enum CheckAnswer
{
    /// <summary>Yes.</summary>
    Yes,

    /// <summary>In part.</summary>
    Partly,

    /// <summary>No.</summary>
    No,
}

/// <summary>The chair or independent reviewing officer checked half-way between two reviews whether the plan is on course.</summary>
public sealed record MidPointRecorded : ChildEvent
{
    /// <summary>The cycle that was checked.</summary>
    public required MidPointCycle Cycle { get; init; }

    /// <summary>Whether the actions agreed are done.</summary>
    public CheckAnswer? ActionsDone { get; init; }

    /// <summary>Whether the plan is still the right one.</summary>
    public CheckAnswer? PlanStillRight { get; init; }

    /// <summary>Whether the child has been heard.</summary>
    public CheckAnswer? HeardFromChild { get; init; }

    /// <summary>True when the pre-proceedings of a child in the public law outline were looked at too.</summary>
    public bool PreProceedingsReviewed { get; init; }
}

/// <summary>The chair or independent reviewing officer challenged the social work team.</summary>
public sealed record ChallengeRaised : ChildEvent
{
    /// <summary>Code of the stage of the local dispute process, such as <c>informal</c> or <c>1</c> (IRO Handbook, chapter 6).</summary>
    public string? Stage { get; init; }
}

/// <summary>The social work team answered a challenge.</summary>
public sealed record ChallengeAnswered : ChildEvent
{
    /// <summary>Code of the stage at which it was answered.</summary>
    public string? Stage { get; init; }
}

/// <summary>The date of the next review conference or looked-after review was booked. The last one booked holds.</summary>
public sealed record ReviewScheduled : ChildEvent
{
    /// <summary>Which kind of review it is.</summary>
    public required ReviewCycle Cycle { get; init; }

    /// <summary>The date booked.</summary>
    [PlansAhead]
    public required DateOnly ReviewOn { get; init; }
}

/// <summary>The half-way point between two reviews fell due. Appended by this service, never sent in.</summary>
[AppendedHere]
public sealed record MidPointDue : ChildEvent
{
    /// <summary>The cycle whose half-way point it is.</summary>
    public required MidPointCycle Cycle { get; init; }

    /// <summary>The date of the half-way point.</summary>
    [PlansAhead]
    public required DateOnly Due { get; init; }
}
