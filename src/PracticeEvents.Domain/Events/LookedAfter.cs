namespace PracticeEvents.Domain.Events;

/// <summary>Under which power a child is placed with someone who is not yet a fully approved foster carer.</summary>
public enum PlacementApproval
{
    /// <summary>With a parent before the assessment is finished (Care Planning Regulations 2010, reg 19).</summary>
    Reg19,

    /// <summary>With a connected person approved for up to 16 weeks (Care Planning Regulations 2010, reg 24).</summary>
    Reg24,

    /// <summary>Fully approved.</summary>
    Full,
}

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

/// <summary>The child became looked after (Children Act 1989, s22). Starts the care plan, the first review and the first health assessment.</summary>
public sealed record BecameLookedAfter : ChildEvent
{
    /// <summary>Code of the legal status, such as <c>s20</c>, <c>ico</c>, <c>care_order</c> or <c>remand</c>.</summary>
    public string? LegalStatus { get; init; }

    /// <summary>True for a series of short breaks, for which other intervals apply (Care Planning Regulations 2010, reg 48).</summary>
    public bool ShortBreak { get; init; }
}

/// <summary>The legal status under which the child is looked after changed.</summary>
public sealed record LegalStatusChanged : ChildEvent
{
    /// <summary>Code of the new legal status.</summary>
    public string? LegalStatus { get; init; }
}

/// <summary>The child stopped being looked after.</summary>
public sealed record CeasedToBeLookedAfter : ChildEvent
{
    /// <summary>Code for why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A placement started. How often the child must be visited follows from it (Care Planning Regulations 2010, reg 28).</summary>
public sealed record PlacementStarted : ChildEvent
{
    /// <summary>Code of the kind of placement.</summary>
    public string? PlacementType { get; init; }

    /// <summary>True when the child lives with a parent (Care Planning Regulations 2010, Part 4).</summary>
    public bool WithParent { get; init; }

    /// <summary>Under which approval the child is placed.</summary>
    public PlacementApproval? Approval { get; init; }

    /// <summary>True when the placement is intended to last until the child is 18 (reg 28(2)(c)).</summary>
    public bool LongTerm { get; init; }

    /// <summary>True when a child long-term fostered for over a year has agreed to visits every six months (reg 28(3A)).</summary>
    public bool ChildAgreedSixMonthly { get; init; }

    /// <summary>True when the authority itself provides a care leaver's accommodation (Care Leavers Regulations 2010, reg 8).</summary>
    public bool? AccommodationByAuthority { get; init; }
}

/// <summary>A placement ended.</summary>
public sealed record PlacementEnded : ChildEvent;

/// <summary>A connected person was given temporary approval: 16 weeks, or up to 8 more (Care Planning Regulations 2010, regs 24 and 25).</summary>
public sealed record TemporaryApprovalGiven : ChildEvent
{
    /// <summary>True when an approval already given was extended.</summary>
    public bool Extended { get; init; }
}

/// <summary>The care plan was recorded (Care Planning Regulations 2010, reg 4: within 10 working days of the first placement).</summary>
public sealed record CarePlanRecorded : ChildEvent;

/// <summary>The placement plan was recorded (Care Planning Regulations 2010, reg 9: within 5 working days).</summary>
public sealed record PlacementPlanRecorded : ChildEvent;

/// <summary>Those who must be told of a placement were told (Care Planning Regulations 2010, reg 13).</summary>
public sealed record PlacementNotified : ChildEvent;

/// <summary>The plan for permanence was agreed, by the second review (Children Act 1989 guidance, volume 2).</summary>
public sealed record PermanencePlanAgreed : ChildEvent;

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
