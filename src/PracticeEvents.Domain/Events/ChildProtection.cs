namespace PracticeEvents.Domain.Events;

/// <summary>How a section 47 enquiry ended.</summary>
public enum EnquiryOutcome
{
    /// <summary>An initial child protection conference is needed.</summary>
    Conference,

    /// <summary>No conference is needed.</summary>
    NoConference,
}

/// <summary>What an initial child protection conference decided.</summary>
public enum ConferenceOutcome
{
    /// <summary>The child needs a child protection plan.</summary>
    Plan,

    /// <summary>No plan was made.</summary>
    NoPlan,
}

/// <summary>What a review child protection conference decided.</summary>
public enum ReviewConferenceOutcome
{
    /// <summary>The plan goes on.</summary>
    Continue,

    /// <summary>The plan ends.</summary>
    End,
}

/// <summary>It was decided to hold a strategy discussion, because significant harm is suspected (Working Together 2023).</summary>
public sealed record StrategyDiscussionDecided : ChildEvent;

/// <summary>A strategy discussion was held because significant harm was suspected (Working Together 2023).</summary>
public sealed record StrategyDiscussionHeld : ChildEvent
{
    /// <summary>True when it began a section 47 enquiry, which starts the 15 working days to conference; true unless said otherwise.</summary>
    public bool StartsEnquiry { get; init; } = true;
}

/// <summary>A section 47 enquiry ended (Children Act 1989, s47).</summary>
public sealed record Section47Concluded : ChildEvent
{
    /// <summary>Whether a conference is needed.</summary>
    public required EnquiryOutcome Outcome { get; init; }
}

/// <summary>The safeguarding unit was asked for a conference date.</summary>
public sealed record ConferenceRequested : ChildEvent;

/// <summary>The worker's report was shared with the chair and the family before a conference.</summary>
public sealed record ConferenceReportShared : ChildEvent
{
    /// <summary>The date of the conference it is for.</summary>
    [PlansAhead]
    public required DateOnly ConferenceOn { get; init; }
}

/// <summary>An initial child protection conference was held (Working Together 2023: within 15 working days of the strategy discussion).</summary>
public sealed record InitialConferenceHeld : ChildEvent
{
    /// <summary>Whether the conference made a plan.</summary>
    public required ConferenceOutcome Outcome { get; init; }

    /// <summary>True when the child was on a plan in another authority and moved in.</summary>
    public bool TransferIn { get; init; }
}

/// <summary>Another authority told us that a child on a child protection plan has moved in; a conference is due within 15 working days.</summary>
public sealed record TransferInNotified : ChildEvent
{
    /// <summary>Code of the authority that the child came from.</summary>
    public string? FromAuthority { get; init; }
}

/// <summary>A child protection plan started: on the date of the conference that made it.</summary>
public sealed record ChildProtectionPlanStarted : ChildEvent
{
    /// <summary>Code of the category of harm, such as <c>NEG</c> for neglect.</summary>
    public string? Category { get; init; }
}

/// <summary>The category of harm of a child protection plan changed.</summary>
public sealed record ChildProtectionCategoryChanged : ChildEvent
{
    /// <summary>Code of the new category.</summary>
    public string? Category { get; init; }
}

/// <summary>A child protection plan ended.</summary>
public sealed record ChildProtectionPlanEnded : ChildEvent
{
    /// <summary>Code for how it ended.</summary>
    public string? Outcome { get; init; }
}

/// <summary>A core group met (Working Together 2023: first within 10 working days of the initial conference).</summary>
public sealed record CoreGroupHeld : ChildEvent;

/// <summary>A review child protection conference was held (Working Together 2023: within 3 months, then every 6).</summary>
public sealed record ReviewConferenceHeld : ChildEvent
{
    /// <summary>Whether the plan goes on.</summary>
    public required ReviewConferenceOutcome Outcome { get; init; }

    /// <summary>True when the child's own views were recorded.</summary>
    public bool? ViewsRecorded { get; init; }
}

/// <summary>The decisions of a conference were sent out.</summary>
public sealed record ConferenceDecisionsSent : ChildEvent;

/// <summary>The minutes of a conference were sent out.</summary>
public sealed record ConferenceMinutesSent : ChildEvent;

/// <summary>The chair completed the quality form about a conference.</summary>
public sealed record ConferenceQualityRecorded : ChildEvent;
