namespace PracticeEvents.Domain.Events;

/// <summary>How far a complaint has gone (Children Act 1989 Representations Procedure Regulations 2006).</summary>
public enum ComplaintStage
{
    /// <summary>Local resolution.</summary>
    Stage1,

    /// <summary>Investigation.</summary>
    Stage2,

    /// <summary>Review panel.</summary>
    Panel,
}

/// <summary>A complaint about the child's case was received, or went on to a further stage (Representations Procedure Regulations 2006).</summary>
public sealed record ComplaintReceived : ChildEvent
{
    /// <summary>The stage that starts.</summary>
    public required ComplaintStage Stage { get; init; }

    /// <summary>True for a complex complaint, which may take longer to answer; not saying so counts as not complex.</summary>
    public bool Complex { get; init; }
}

/// <summary>A complaint was answered; <c>ref</c> is the complaint's (Representations Procedure Regulations 2006).</summary>
public sealed record ComplaintAnswered : ChildEvent;
