namespace PracticeEvents.Domain.Events;

/// <summary>The child became looked after (Children Act 1989, s22). Starts the care plan, the first review and the first health assessment.</summary>
public sealed record BecameLookedAfter : ChildEvent
{
    /// <summary>Code of the legal status, such as <c>s20</c>, <c>ico</c>, <c>care_order</c> or <c>remand</c>.</summary>
    public string? LegalStatus { get; init; }

    /// <summary>True for a series of short breaks, for which other intervals apply (Care Planning Regulations 2010, reg 48).</summary>
    public bool ShortBreak { get; init; }
}

/// <summary>The legal status under which the child is looked after changed.</summary>
public sealed record LegalStatusChanged : ChildEvent
{
    /// <summary>Code of the new legal status.</summary>
    public string? LegalStatus { get; init; }
}

/// <summary>The child stopped being looked after.</summary>
public sealed record CeasedToBeLookedAfter : ChildEvent
{
    /// <summary>Code for why.</summary>
    public string? Reason { get; init; }
}

/// <summary>The care plan was recorded (Care Planning Regulations 2010, reg 4: within 10 working days of the first placement).</summary>
public sealed record CarePlanRecorded : ChildEvent;

/// <summary>The plan for permanence was agreed, by the second review (Children Act 1989 guidance, volume 2).</summary>
public sealed record PermanencePlanAgreed : ChildEvent;
