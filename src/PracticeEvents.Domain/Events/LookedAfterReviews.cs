namespace PracticeEvents.Domain.Events;

/// <summary>The independent reviewing officer's rating of how the plan is going.</summary>
public enum ReviewRating
{
    /// <summary>Serious concern.</summary>
    Red,

    /// <summary>Some concern.</summary>
    Amber,

    /// <summary>Going well.</summary>
    Green,
}

/// <summary>A looked-after review was asked for before its time (Care Planning Regulations 2010, reg 33(3)).</summary>
public sealed record EarlyReviewRequested : ChildEvent
{
    /// <summary>Code for why.</summary>
    public string? ReasonCode { get; init; }
}

/// <summary>The social worker's report for a looked-after review was shared (IRO Handbook: 3 working days before).</summary>
public sealed record ReviewReportShared : ChildEvent
{
    /// <summary>The date of the review it is for.</summary>
    [PlansAhead]
    public required DateOnly ReviewOn { get; init; }
}

/// <summary>The independent reviewing officer spoke with the child before a review (Care Planning Regulations 2010, reg 36).</summary>
public sealed record IroContactRecorded : ChildEvent;

/// <summary>A looked-after review was held (Care Planning Regulations 2010, reg 33: 20 working days, 3 months, then every 6).</summary>
public sealed record LookedAfterReviewHeld : ChildEvent
{
    /// <summary>True when the child's own views were recorded.</summary>
    public bool? ViewsRecorded { get; init; }
}

/// <summary>The independent reviewing officer rated the plan at a review.</summary>
public sealed record ReviewRated : ChildEvent
{
    /// <summary>The rating.</summary>
    public required ReviewRating Rating { get; init; }

    /// <summary>Code for why.</summary>
    public string? ReasonCode { get; init; }
}

/// <summary>The decisions of a looked-after review were sent out (IRO Handbook: within 5 working days).</summary>
public sealed record ReviewDecisionsSent : ChildEvent;

/// <summary>The manager answered the decisions of a looked-after review (IRO Handbook: within 5 working days of getting them).</summary>
public sealed record ReviewDecisionsAnswered : ChildEvent;

/// <summary>The full record of a looked-after review was completed (IRO Handbook: within 15 working days of the review).</summary>
public sealed record ReviewRecordCompleted : ChildEvent;

/// <summary>The full record of a looked-after review was sent out (IRO Handbook: within 20 working days of the review).</summary>
public sealed record ReviewRecordSent : ChildEvent;
