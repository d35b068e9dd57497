namespace PracticeEvents.Domain.Events;

/// <summary>The duty for which a visit was made. A visit meets only the duty of its own purpose.</summary>
public enum VisitPurpose
{
    /// <summary>Visit under a child protection plan.</summary>
    ChildProtection,

    /// <summary>Visit under a child in need plan.</summary>
    ChildInNeed,

    /// <summary>Statutory visit to a looked-after child (Care Planning Regulations 2010, reg 28).</summary>
    LookedAfter,

    /// <summary>Visit during a child and family assessment or a section 47 enquiry.</summary>
    Assessment,

    /// <summary>Visit to a privately fostered child (Private Arrangements for Fostering Regulations 2005, regs 4 and 8).</summary>
    PrivateFostering,

    /// <summary>Visit to a child placed for adoption (Adoption Agencies Regulations 2005, reg 36).</summary>
    Adoption,

    /// <summary>Visit by a personal adviser (Care Leavers Regulations 2010, reg 8).</summary>
    PersonalAdviser,

    /// <summary>Visit by the independent reviewing officer.</summary>
    Iro,

    /// <summary>Visit to a child in custody who was looked after before (Visits to Former Looked After Children in Detention Regulations 2010).</summary>
    Custody,
}

/// <summary>Why a looked-after child must be visited outside the usual intervals (Care Planning Regulations 2010, reg 28(7)).</summary>
public enum VisitRequestReason
{
    /// <summary>The child asked.</summary>
    Child,

    /// <summary>The carer asked.</summary>
    Carer,

    /// <summary>The authority of the area where the child is placed asked.</summary>
    AreaAuthority,

    /// <summary>The inspectorate gave notice of a concern about the home or the fostering agency (Care Standards Act 2000, s30A).</summary>
    NoticeOfConcern,
}

/// <summary>A worker visited. A visit where the child was not seen does not meet a visiting duty.</summary>
public sealed record VisitRecorded : ChildEvent
{
    /// <summary>The duty for which the visit was made.</summary>
    public required VisitPurpose Purpose { get; init; }

    /// <summary>True when the child was seen.</summary>
    public required bool Seen { get; init; }

    /// <summary>True when the child was seen alone; not saying so counts as not alone.</summary>
    public bool SeenAlone { get; init; }

    /// <summary>Code for why the child was not seen alone.</summary>
    public string? ReasonNotAlone { get; init; }
}

/// <summary>A looked-after child must be visited because someone asked or gave notice (Care Planning Regulations 2010, reg 28(7)).</summary>
public sealed record VisitRequested : ChildEvent
{
    /// <summary>Who asked, or the notice that was given.</summary>
    public required VisitRequestReason Reason { get; init; }
}
