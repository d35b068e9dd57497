namespace PracticeEvents.Domain.Timescales;

/// <summary>The status words, one spelling everywhere.</summary>
public enum Status
{
    /// <summary>Due later than the first reminder.</summary>
    OnTrack,

    /// <summary>Inside the reminder window.</summary>
    DueSoon,

    /// <summary>Past the due date and not met.</summary>
    Overdue,

    /// <summary>Met in time.</summary>
    Done,

    /// <summary>Met, too late.</summary>
    DoneLate,

    /// <summary>Ended without being met, for a reason that is given.</summary>
    Stopped,

    /// <summary>Cannot be worked out, for a reason that is given. Never counted as good news.</summary>
    CannotTell,
}

/// <summary>How a duty stands, whatever today is.</summary>
public enum Outcome
{
    /// <summary>Running.</summary>
    Open,

    /// <summary>Met.</summary>
    Met,

    /// <summary>Ended unmet by what happened: the plan ended, the case closed.</summary>
    Stopped,

    /// <summary>Another duty took its place, as when a new placement restarts the clock. Not missed.</summary>
    Superseded,
}

/// <summary>The one place where an outcome and the time of day become a status word.</summary>
public static class Standing
{
    /// <summary>The status at an instant.</summary>
    /// <param name="outcome">How the duty stands.</param>
    /// <param name="metLate">Whether it was met late, when it was met.</param>
    /// <param name="soonFrom">From when it counts as due soon; nothing when its profile has no such step.</param>
    /// <param name="lateFrom">From when it is late; nothing when its due date cannot be told.</param>
    /// <param name="now">UTC instant.</param>
    public static Status At(Outcome outcome, bool metLate, DateTimeOffset? soonFrom, DateTimeOffset? lateFrom, DateTimeOffset now) => outcome switch
    {
        Outcome.Met => metLate ? Status.DoneLate : Status.Done,
        Outcome.Stopped or Outcome.Superseded => Status.Stopped,
        _ when lateFrom is not { } late => Status.CannotTell,
        _ when now >= lateFrom => Status.Overdue,
        _ when soonFrom is { } soon && now >= soon => Status.DueSoon,
        _ => Status.OnTrack,
    };
}
