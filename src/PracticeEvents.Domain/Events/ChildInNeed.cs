namespace PracticeEvents.Domain.Events;

/// <summary>A child in need plan started (Children Act 1989, s17).</summary>
public sealed record ChildInNeedPlanStarted : ChildEvent;

/// <summary>A child in need planning meeting was held.</summary>
public sealed record ChildInNeedMeetingHeld : ChildEvent;

/// <summary>A child in need plan was reviewed.</summary>
public sealed record ChildInNeedReviewHeld : ChildEvent;

/// <summary>A child in need plan ended.</summary>
public sealed record ChildInNeedPlanEnded : ChildEvent
{
    /// <summary>Code for how it ended.</summary>
    public string? Outcome { get; init; }
}

/// <summary>The family's network met to make its own plan for the child.</summary>
public sealed record FamilyNetworkMeetingHeld : ChildEvent;

/// <summary>A plan for what happens if this one does not work was recorded.</summary>
public sealed record ContingencyPlanRecorded : ChildEvent;

/// <summary>A genogram, the drawing of the family, was put on the record.</summary>
public sealed record GenogramRecorded : ChildEvent;

/// <summary>The chronology of significant events was brought up to date.</summary>
public sealed record ChronologyUpdated : ChildEvent;
