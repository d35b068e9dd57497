namespace PracticeEvents.Domain.Events;

/// <summary>The stages of care proceedings at which the court hears the case (Practice Direction 12A).</summary>
public enum HearingKind
{
    /// <summary>Case management hearing, between day 12 and day 18.</summary>
    Cmh,

    /// <summary>Issues resolution hearing.</summary>
    Irh,

    /// <summary>Final hearing.</summary>
    Final,
}

/// <summary>The decision to issue care proceedings was made.</summary>
public sealed record DecisionToIssueMade : ChildEvent;

/// <summary>Care proceedings were issued. Starts the 26 weeks (Children Act 1989, s32(1)(a)).</summary>
public sealed record ProceedingsIssued : ChildEvent;

/// <summary>A note was made that tracks how care proceedings are going.</summary>
public sealed record ProceedingsTracked : ChildEvent;

/// <summary>The court gave care proceedings longer than 26 weeks (Children Act 1989, s32(5)).</summary>
public sealed record ProceedingsExtended : ChildEvent
{
    /// <summary>The date by which the court now means to conclude them, as it said.</summary>
    [PlansAhead]
    public required DateOnly Until { get; init; }
}

/// <summary>Care proceedings were concluded.</summary>
public sealed record ProceedingsConcluded : ChildEvent
{
    /// <summary>Code for how they ended.</summary>
    public string? Outcome { get; init; }
}

/// <summary>The court heard the case.</summary>
public sealed record HearingHeld : ChildEvent
{
    /// <summary>Which hearing it was.</summary>
    public required HearingKind Kind { get; init; }
}

/// <summary>The court directed that something be filed. Its date is the court's, never calculated.</summary>
public sealed record DirectionMade : ChildEvent
{
    /// <summary>When it must be filed.</summary>
    [PlansAhead]
    public required DateOnly DueOn { get; init; }

    /// <summary>Code of what must be filed.</summary>
    public string? What { get; init; }
}

/// <summary>What a direction asked for was filed; <c>ref</c> is the direction's.</summary>
public sealed record EvidenceFiled : ChildEvent;

/// <summary>Why proceedings are delayed was recorded (Children Act 1989, s32(5)).</summary>
public sealed record DelayReasonRecorded : ChildEvent
{
    /// <summary>Code of the reason.</summary>
    public required string ReasonCode { get; init; }
}

/// <summary>The court made an order.</summary>
public sealed record OrderMade : ChildEvent
{
    /// <summary>Code of the kind of order.</summary>
    public required string Kind { get; init; }

    /// <summary>The last day on which the order runs, as the order says.</summary>
    [PlansAhead]
    public DateOnly? ExpiresOn { get; init; }
}
