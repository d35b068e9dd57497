namespace PracticeEvents.Domain.Events;

/// <summary>What the legal gateway panel decided.</summary>
public enum GatewayDecision
{
    /// <summary>Work with the family under the public law outline before going to court (Practice Direction 12A).</summary>
    PreProceedings,

    /// <summary>Issue care proceedings (Children Act 1989, s31).</summary>
    Issue,

    /// <summary>The threshold is not met or other help is enough.</summary>
    NoFurtherAction,
}

/// <summary>Which pre-proceedings meeting was held.</summary>
public enum PreProceedingsMeetingKind
{
    /// <summary>The first, with the parents and their lawyers.</summary>
    Initial,

    /// <summary>A later one that reviews progress.</summary>
    Review,
}

/// <summary>A team manager asked for the case to go to the legal gateway panel.</summary>
public sealed record GatewayAttendanceRequested : ChildEvent;

/// <summary>The head of service, given as <c>by</c>, agreed that the case goes to panel.</summary>
public sealed record GatewayAttendanceApproved : ChildEvent;

/// <summary>The head of service, given as <c>by</c>, refused that the case goes to panel.</summary>
public sealed record GatewayAttendanceRefused : ChildEvent;

/// <summary>The case was listed for a legal gateway panel.</summary>
public sealed record GatewayListed : ChildEvent
{
    /// <summary>The date of the panel.</summary>
    [PlansAhead]
    public required DateOnly PanelOn { get; init; }
}

/// <summary>The papers were shared with the panel.</summary>
public sealed record GatewayPapersShared : ChildEvent
{
    /// <summary>The date of the panel they are for.</summary>
    [PlansAhead]
    public required DateOnly PanelOn { get; init; }
}

/// <summary>The panel put the case off.</summary>
public sealed record GatewayAdjourned : ChildEvent
{
    /// <summary>Code for why.</summary>
    public string? ReasonCode { get; init; }
}

/// <summary>The head of service, given as <c>by</c>, decided whether the panel's adjournment stands.</summary>
public sealed record GatewayAdjournmentDecided : ChildEvent;

/// <summary>Someone disagreed with the panel's decision; it must be settled by a date.</summary>
public sealed record GatewayDissentRecorded : ChildEvent
{
    /// <summary>When the disagreement must be settled.</summary>
    [PlansAhead]
    public required DateOnly DueOn { get; init; }
}

/// <summary>The legal gateway panel considered the child. Its outcome must be on the system the same day.</summary>
public sealed record LegalGatewayHeld : ChildEvent
{
    /// <summary>What the panel decided.</summary>
    public GatewayDecision? Decision { get; init; }
}

/// <summary>The panel's outcome was put on the system. Give the time of day: it is due by the end of the day of the panel.</summary>
public sealed record LegalGatewayOutcomeRecorded : ChildEvent
{
    /// <summary>What the panel decided, when repeated here.</summary>
    public GatewayDecision? Decision { get; init; }
}

/// <summary>The letter before proceedings was sent to the parents (Practice Direction 12A).</summary>
public sealed record LetterBeforeProceedingsSent : ChildEvent;

/// <summary>Pre-proceedings started.</summary>
public sealed record PreProceedingsStarted : ChildEvent;

/// <summary>A pre-proceedings meeting with the parents was held.</summary>
public sealed record PreProceedingsMeetingHeld : ChildEvent
{
    /// <summary>Whether it was the first.</summary>
    public PreProceedingsMeetingKind? Kind { get; init; }
}

/// <summary>Pre-proceedings ended.</summary>
public sealed record PreProceedingsEnded : ChildEvent
{
    /// <summary>Code for how they ended.</summary>
    public string? Outcome { get; init; }
}

/// <summary>The PLO coordinator made the weekly oversight entry.</summary>
public sealed record PloOversightRecorded : ChildEvent;

/// <summary>A case in the public law outline was audited.</summary>
public sealed record PloAuditCompleted : ChildEvent
{
    /// <summary>The grade given.</summary>
    public AuditGrade? Grade { get; init; }
}

/// <summary>A parenting assessment was recorded.</summary>
public sealed record ParentingAssessmentRecorded : ChildEvent;

/// <summary>A cognitive assessment of a parent was recorded.</summary>
public sealed record CognitiveAssessmentRecorded : ChildEvent;

/// <summary>A graded care profile, which measures neglect, was recorded.</summary>
public sealed record GradedCareProfileRecorded : ChildEvent;
