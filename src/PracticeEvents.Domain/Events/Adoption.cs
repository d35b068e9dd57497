namespace PracticeEvents.Domain.Events;

/// <summary>The adoption panel made its recommendation (Adoption Agencies Regulations 2005, reg 18).</summary>
public sealed record AdoptionPanelRecommended : ChildEvent;

/// <summary>The agency's decision maker decided about adoption (Adoption Agencies Regulations 2005, reg 19).</summary>
public sealed record AdoptionDecisionMade : ChildEvent;

/// <summary>The child was placed for adoption (Adoption Agencies Regulations 2005, reg 35).</summary>
public sealed record PlacedForAdoption : ChildEvent;

/// <summary>The placement for adoption was reviewed (Adoption Agencies Regulations 2005, reg 36: within 4 weeks, 3 months, then every 6).</summary>
public sealed record AdoptionReviewHeld : ChildEvent;

/// <summary>The placement for adoption ended without an adoption order.</summary>
public sealed record AdoptionPlacementEnded : ChildEvent;

/// <summary>The court made an adoption order (Adoption and Children Act 2002, s46).</summary>
public sealed record AdoptionOrderMade : ChildEvent;
