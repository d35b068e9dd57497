namespace PracticeEvents.Domain.Events;

/// <summary>The needs of a young person preparing to leave care were assessed (Care Planning Regulations 2010, reg 42: within 3 months).</summary>
public sealed record PathwayAssessmentRecorded : ChildEvent;

/// <summary>A manager signed off the pathway plan (Care Planning Regulations 2010, reg 43).</summary>
public sealed record PathwayPlanSignedOff : ChildEvent;

/// <summary>The pathway plan was reviewed (Care Leavers Regulations 2010, reg 7: at least every 6 months).</summary>
public sealed record PathwayPlanReviewed : ChildEvent;

/// <summary>A young person left care and is owed support as a care leaver (Children Act 1989, s23A to s23CZB).</summary>
public sealed record BecameCareLeaver : ChildEvent;

/// <summary>A care leaver moved home. Starts the adviser's first visit within 7 days (Care Leavers Regulations 2010, reg 8).</summary>
public sealed record CareLeaverMoved : ChildEvent
{
    /// <summary>True when the authority provides the accommodation moved into (Care Leavers Regulations 2010, reg 8).</summary>
    public bool? AccommodationByAuthority { get; init; }
}

/// <summary>A personal adviser was in touch with a care leaver.</summary>
public sealed record CareLeaverContactMade : ChildEvent;
