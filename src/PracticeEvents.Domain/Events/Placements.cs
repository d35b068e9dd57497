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

/// <summary>A connected person who had temporary approval was approved as a foster carer, which ends the temporary approval.</summary>
public sealed record FullApprovalGiven : ChildEvent;

/// <summary>A temporary approval ended without full approval; the child cannot stay under it (Care Planning Regulations 2010, reg 25).</summary>
public sealed record TemporaryApprovalEnded : ChildEvent;

/// <summary>The placement plan was recorded (Care Planning Regulations 2010, reg 9: within 5 working days).</summary>
public sealed record PlacementPlanRecorded : ChildEvent;

/// <summary>Those who must be told of a placement were told (Care Planning Regulations 2010, reg 13).</summary>
public sealed record PlacementNotified : ChildEvent;

/// <summary>A parent with whom the child was already placed was assessed (Care Planning Regulations 2010, reg 19: within 10 working days).</summary>
public sealed record ParentAssessmentCompleted : ChildEvent;

/// <summary>It was decided, once the parent was assessed, whether the child stays placed with the parent (Care Planning Regulations 2010, reg 19).</summary>
public sealed record ParentPlacementDecided : ChildEvent;

/// <summary>Someone other than the authority became responsible for where a child in its care lives (Care Planning Regulations 2010, reg 28(6)).</summary>
public sealed record OtherArrangementsStarted : ChildEvent;

/// <summary>Someone other than the authority stopped being responsible for where the child lives.</summary>
public sealed record OtherArrangementsEnded : ChildEvent;
