namespace PracticeEvents.Domain.Events;

/// <summary>The child went missing from home or care. Give the time of day: hours count.</summary>
public sealed record WentMissing : ChildEvent;

/// <summary>The child was found or came back. Give the time of day: the return interview is due within 72 hours (2014 statutory guidance).</summary>
public sealed record ReturnedFromMissing : ChildEvent;

/// <summary>An independent return interview was offered.</summary>
public sealed record ReturnInterviewOffered : ChildEvent
{
    /// <summary>True when the child accepted. It must be said: taking silence for a refusal would end the duty.</summary>
    public required bool Accepted { get; init; }
}

/// <summary>An independent return interview was held.</summary>
public sealed record ReturnInterviewHeld : ChildEvent;
