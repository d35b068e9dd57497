namespace PracticeEvents.Domain.Events;

/// <summary>How far along a duty is when its owner is told.</summary>
public enum AlertStage
{
    /// <summary>Work is due soon.</summary>
    DueSoon,

    /// <summary>Work is due today.</summary>
    Due,

    /// <summary>Work is out of timescale.</summary>
    Overdue,

    /// <summary>Work has stayed out of timescale and goes to someone more senior.</summary>
    Escalated,

    /// <summary>Something happened that the recipient must know; nothing is asked but to read it.</summary>
    ToKnow,

    /// <summary>A half-way point between two reviews is reached.</summary>
    MidPoint,
}

/// <summary>A fact about one alert: what someone was told, and what became of it. Kept in the stream <c>alert-{Alert}</c>.</summary>
[AppendedHere]
public abstract record AlertEvent : PracticeEvent
{
    /// <summary>The alert's id.</summary>
    public required string Alert { get; init; }
}

/// <summary>Someone was to be told of a duty. There is one alert for a child, rule, occurrence and recipient.</summary>
public sealed record AlertRaised : AlertEvent
{
    /// <summary>The child's opaque case reference.</summary>
    public required string Child { get; init; }

    /// <summary>The id of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Which time round of the rule, as the timescale calculation names it.</summary>
    public required string Occurrence { get; init; }

    /// <summary>How far along the duty was.</summary>
    public required AlertStage Stage { get; init; }

    /// <summary>The role for which the recipient was told.</summary>
    public required Role Role { get; init; }

    /// <summary>The worker told.</summary>
    public required string To { get; init; }

    /// <summary>When the duty is due: a date, or an instant for duties counted in hours.</summary>
    [PlansAhead]
    public required Happened Due { get; init; }

    /// <summary>Ids of the events that made it so.</summary>
    [Identifier]
    public required IReadOnlyList<string> Because { get; init; }

    /// <summary>True when nobody is told one by one, as when history is loaded.</summary>
    public bool Quiet { get; init; }

    /// <summary>Code of the load of history that a quiet alert came from.</summary>
    public string? Load { get; init; }

    /// <summary>Why it was said later than it should have been, a sentence; nothing when it was said in time.</summary>
    public string? SaidLate { get; init; }
}

/// <summary>The duty of an alert got further along, which is one more notice.</summary>
public sealed record AlertStageReached : AlertEvent
{
    /// <summary>The stage reached.</summary>
    public required AlertStage Stage { get; init; }

    /// <summary>When the duty is due now: a correction may have moved it since the alert was raised.</summary>
    [PlansAhead]
    public required Happened Due { get; init; }

    /// <summary>True when nobody is told at once, because a history is being loaded.</summary>
    public bool Quiet { get; init; }

    /// <summary>The load that it came with; nothing otherwise.</summary>
    public string? Load { get; init; }

    /// <summary>Why it was said later than it should have been, a sentence; nothing when it was said in time.</summary>
    public string? SaidLate { get; init; }
}

/// <summary>An alert reached its recipient.</summary>
public sealed record AlertDelivered : AlertEvent
{
    /// <summary>Code of the way it was sent, such as <c>email</c>.</summary>
    public string? Channel { get; init; }
}

/// <summary>An alert could not be delivered.</summary>
public sealed record AlertDeliveryFailed : AlertEvent
{
    /// <summary>Code of the way it was sent.</summary>
    public string? Channel { get; init; }

    /// <summary>Code for why.</summary>
    public string? ReasonCode { get; init; }
}

/// <summary>The recipient, given as <c>by</c>, opened an alert.</summary>
public sealed record AlertSeen : AlertEvent;

/// <summary>The recipient, given as <c>by</c>, said that they are dealing with it. Does not settle the alert: only practice does.</summary>
public sealed record AlertAcknowledged : AlertEvent
{
    /// <summary>Code of a standard note.</summary>
    public string? NoteCode { get; init; }
}

/// <summary>The recipient asked to be reminded, never after the due date.</summary>
public sealed record AlertReminderSet : AlertEvent
{
    /// <summary>The date on which to remind.</summary>
    [PlansAhead]
    public required DateOnly RemindOn { get; init; }
}

/// <summary>The recipient was reminded, as they had asked.</summary>
public sealed record AlertReminded : AlertEvent;

/// <summary>What can be wrong with an alert, in the words of whoever was told.</summary>
public enum AlertFault
{
    /// <summary>The work was done, and is not recorded.</summary>
    DoneNotRecorded,

    /// <summary>It belongs to another worker.</summary>
    WrongWorker,

    /// <summary>The rule ought not to apply to this child.</summary>
    ShouldNotApply,

    /// <summary>The date is wrong.</summary>
    WrongDate,

    /// <summary>It is about another child than it ought to be.</summary>
    WrongChild,
}

/// <summary>Somebody, given as <c>by</c>, said that an alert is not right, which is a task for data staff. It neither settles nor silences
/// the alert: only what is recorded does.</summary>
public sealed record AlertQuestioned : AlertEvent
{
    /// <summary>What is wrong.</summary>
    public required AlertFault Fault { get; init; }
}

/// <summary>What became of the task that an alert is not right.</summary>
public enum AlertAnswer
{
    /// <summary>The record was put right.</summary>
    RecordCorrected,

    /// <summary>The alert is right as it is.</summary>
    AlertIsRight,

    /// <summary>The rule or the routing is to be changed.</summary>
    RuleToChange,
}

/// <summary>Data staff, given as <c>by</c>, answered the task that an alert is not right.</summary>
public sealed record AlertQuestionAnswered : AlertEvent
{
    /// <summary>What became of it.</summary>
    public required AlertAnswer Answer { get; init; }
}

/// <summary>An alert went to another worker.</summary>
public sealed record AlertReassigned : AlertEvent
{
    /// <summary>The worker who has it now.</summary>
    public required string To { get; init; }
}

/// <summary>An alert went to someone more senior as well.</summary>
public sealed record AlertEscalated : AlertEvent
{
    /// <summary>The role it went to.</summary>
    public required Role Role { get; init; }

    /// <summary>The worker it went to.</summary>
    public required string To { get; init; }
}

/// <summary>An alert was taken back because the duty no longer runs or never did.</summary>
public sealed record AlertWithdrawn : AlertEvent
{
    /// <summary>Ids of the events that made it so.</summary>
    [Identifier]
    public required IReadOnlyList<string> Because { get; init; }
}

/// <summary>The work was done: an event of practice met the duty.</summary>
public sealed record AlertSettled : AlertEvent
{
    /// <summary>Ids of the events that met it.</summary>
    [Identifier]
    public required IReadOnlyList<string> Because { get; init; }
}
