namespace PracticeEvents.Domain.Events;

/// <summary>What was decided about a referral (Working Together 2023: within one working day).</summary>
public enum ReferralOutcome
{
    /// <summary>Children's social care does nothing further.</summary>
    NoFurtherAction,

    /// <summary>A child and family assessment starts (Children Act 1989, s17).</summary>
    Assessment,

    /// <summary>A strategy discussion is called because significant harm is suspected (Children Act 1989, s47).</summary>
    StrategyDiscussion,

    /// <summary>The family is offered early help.</summary>
    EarlyHelp,
}

/// <summary>Someone contacted children's services about the child.</summary>
public sealed record ContactReceived : ChildEvent;

/// <summary>The contact was screened.</summary>
public sealed record ContactDecided : ChildEvent
{
    /// <summary>Code for what was decided.</summary>
    public string? Outcome { get; init; }
}

/// <summary>A referral was received. Starts the one-working-day decision and the 45-working-day assessment clock (Working Together 2023).</summary>
public sealed record ReferralReceived : ChildEvent
{
    /// <summary>Code for the kind of referrer, such as a school or the police.</summary>
    public string? ReferrerType { get; init; }
}

/// <summary>A manager decided the response to a referral.</summary>
public sealed record ReferralDecided : ChildEvent
{
    /// <summary>What was decided.</summary>
    public required ReferralOutcome Outcome { get; init; }
}

/// <summary>A child and family assessment started (Children Act 1989, s17; the census measures 45 working days from here).</summary>
public sealed record AssessmentStarted : ChildEvent;

/// <summary>A manager checked an assessment while it was under way; <c>by</c> is the manager.</summary>
public sealed record AssessmentReviewed : ChildEvent;

/// <summary>The worker sent the assessment to the manager to be signed off.</summary>
public sealed record AssessmentSubmitted : ChildEvent
{
    /// <summary>True when the child's own views are in it.</summary>
    public bool? ViewsRecorded { get; init; }

    /// <summary>True when every action of its plan has a date and somebody to do it.</summary>
    public bool? ActionsDated { get; init; }
}

/// <summary>The manager sent the assessment back for more work.</summary>
public sealed record AssessmentReturned : ChildEvent
{
    /// <summary>Code for why.</summary>
    public string? ReasonCode { get; init; }
}

/// <summary>The manager viewed and authorised the assessment. This, not the submission, ends the clock (Working Together 2023; CIN census N00160).</summary>
public sealed record AssessmentSignedOff : ChildEvent
{
    /// <summary>Code for what the assessment concluded.</summary>
    public string? Outcome { get; init; }

    /// <summary>Codes of the quality questions answered before sign-off.</summary>
    public IReadOnlyList<string>? Checklist { get; init; }
}
