using System.Diagnostics.CodeAnalysis;

namespace PracticeEvents.Domain.Events;

/// <summary>The grade of an audit, in Ofsted's words.</summary>
public enum AuditGrade
{
    /// <summary>Outstanding.</summary>
    Outstanding,

    /// <summary>Good.</summary>
    Good,

    /// <summary>Requires improvement to be good.</summary>
    RequiresImprovement,

    /// <summary>Inadequate.</summary>
    Inadequate,
}

/// <summary>The panels at which cases are considered.</summary>
public enum PanelKind
{
    /// <summary>Decides whether a child may be accommodated or a resource paid for.</summary>
    AccessToResources,

    /// <summary>Tracks cases in the public law outline.</summary>
    Plo,

    /// <summary>Tracks cases in court.</summary>
    CareProceedings,

    /// <summary>Decides whether a case goes to court.</summary>
    LegalGateway,

    /// <summary>Tracks plans for permanence.</summary>
    Permanency,

    /// <summary>Considers the cost of placements.</summary>
    BestValue,
}

/// <summary>What a senior manager reviews because it has gone on for long.</summary>
public enum SeniorReviewSubject
{
    /// <summary>A child protection plan.</summary>
    ChildProtectionPlan,

    /// <summary>A child in need plan.</summary>
    ChildInNeedPlan,

    /// <summary>Accommodation by agreement with the parents (Children Act 1989, s20).</summary>
    [SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "The stored word is section_20.")]
    Section_20,

    /// <summary>A supervision order (Children Act 1989, s35 and Schedule 3).</summary>
    SupervisionOrder,
}

/// <summary>A worker had supervision. Kept in the stream of the worker supervised; <c>by</c> is the supervisor.</summary>
public sealed record SupervisionHeld : PracticeEvent
{
    /// <summary>The worker who was supervised.</summary>
    public required string Worker { get; init; }

    /// <summary>References of the children whose cases were discussed.</summary>
    public IReadOnlyList<string>? Children { get; init; }
}

/// <summary>The child's case was discussed in a worker's supervision; <c>by</c> is the supervisor.</summary>
public sealed record CaseSupervised : ChildEvent;

/// <summary>A manager, given as <c>by</c>, recorded oversight of the child's case.</summary>
public sealed record ManagementOversightRecorded : ChildEvent;

/// <summary>A senior manager, given as <c>by</c>, reviewed whether a plan, an agreement or an order is still right for the child.</summary>
public sealed record SeniorReviewRecorded : ChildEvent
{
    /// <summary>What was reviewed.</summary>
    public required SeniorReviewSubject About { get; init; }
}

/// <summary>A manager set an action to be done by a date.</summary>
public sealed record ActionSet : ChildEvent
{
    /// <summary>When it must be done.</summary>
    [PlansAhead]
    public required DateOnly DueOn { get; init; }
}

/// <summary>An action was done; <c>ref</c> is the action's.</summary>
public sealed record ActionCompleted : ChildEvent;

/// <summary>The child's case was audited.</summary>
public sealed record CaseAudited : ChildEvent
{
    /// <summary>The grade given.</summary>
    public required AuditGrade Grade { get; init; }
}

/// <summary>An audit was checked by a second auditor.</summary>
public sealed record AuditModerated : ChildEvent
{
    /// <summary>The grade after the check.</summary>
    public required AuditGrade Grade { get; init; }
}

/// <summary>A head of service looked at a sample of a team manager's oversight. Kept in the stream of that manager.</summary>
public sealed record DipSampleCompleted : PracticeEvent
{
    /// <summary>The team manager whose oversight was looked at.</summary>
    public required string Manager { get; init; }
}

/// <summary>A practice alert was raised: something in the case must be put right by a date.</summary>
public sealed record PracticeAlertRaised : ChildEvent
{
    /// <summary>When it must be put right.</summary>
    [PlansAhead]
    public required DateOnly DueOn { get; init; }

    /// <summary>Code for why.</summary>
    public required string ReasonCode { get; init; }

    /// <summary>The role that must answer.</summary>
    public required Role To { get; init; }
}

/// <summary>A practice alert was answered.</summary>
public sealed record PracticeAlertAnswered : ChildEvent;

/// <summary>A practice alert was closed.</summary>
public sealed record PracticeAlertClosed : ChildEvent;

/// <summary>Senior leaders were told of something serious, the same day.</summary>
public sealed record NeedToKnowRaised : ChildEvent
{
    /// <summary>Code for why.</summary>
    public required string ReasonCode { get; init; }
}

/// <summary>A panel sat. Kept in the panel's own stream; what it decided about a child is an event of that child's.</summary>
public sealed record PanelHeld : PracticeEvent
{
    /// <summary>Which panel sat.</summary>
    public required PanelKind Panel { get; init; }
}

/// <summary>The children's guardian (Cafcass) raised a concern about the case.</summary>
public sealed record CafcassConcernRaised : ChildEvent;

/// <summary>A concern of the children's guardian was settled.</summary>
public sealed record CafcassConcernClosed : ChildEvent;
