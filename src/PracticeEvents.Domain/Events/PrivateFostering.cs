namespace PracticeEvents.Domain.Events;

/// <summary>The authority was told of private fostering (Private Arrangements for Fostering Regulations 2005: a visit within 7 working days).</summary>
public sealed record PrivateFosteringNotified : ChildEvent;

/// <summary>The private fostering arrangement ended (Private Arrangements for Fostering Regulations 2005).</summary>
public sealed record PrivateFosteringEnded : ChildEvent;
