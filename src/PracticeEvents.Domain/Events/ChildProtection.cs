namespace PracticeEvents.Domain.Events;

/// <summary>What an initial child protection conference decided.</summary>
public enum ConferenceOutcome
{
    /// <summary>The child needs a child protection plan.</summary>
    Plan,

    /// <summary>No plan was made.</summary>
    NoPlan,
}

/// <summary>An initial child protection conference was held.</summary>
public sealed record InitialConferenceHeld : ChildEvent
{
    /// <summary>Whether the conference made a plan.</summary>
    public required ConferenceOutcome Outcome { get; init; }

    /// <summary>True when the child was on a plan in another authority and moved in.</summary>
    public bool TransferIn { get; init; }
}

/// <summary>A core group met.</summary>
public sealed record CoreGroupHeld : ChildEvent;
