namespace PracticeEvents.Domain.Events;

/// <summary>The police took the child into police protection (Children Act 1989, s46). Give the time of day: it lasts at most 72 hours.</summary>
public sealed record PoliceProtectionStarted : ChildEvent;

/// <summary>Police protection ended (Children Act 1989, s46). Give the time of day.</summary>
public sealed record PoliceProtectionEnded : ChildEvent;

/// <summary>The child was placed in secure accommodation (Children Act 1989, s25; Secure Accommodation Regulations 1991).</summary>
public sealed record SecurePlacementStarted : ChildEvent;

/// <summary>The secure placement was reviewed (Secure Accommodation Regulations 1991, reg 15: within a month, then every 3).</summary>
public sealed record SecureReviewHeld : ChildEvent;

/// <summary>The child left secure accommodation.</summary>
public sealed record SecurePlacementEnded : ChildEvent;

/// <summary>The child was detained in custody (Visits to Former Looked After Children in Detention Regulations 2010: a visit within 10 working days).</summary>
public sealed record DetainedInCustody : ChildEvent;

/// <summary>The child was released from custody.</summary>
public sealed record ReleasedFromCustody : ChildEvent;
