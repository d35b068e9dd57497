namespace PracticeEvents.Domain.Events;

/// <summary>Whether a health assessment was the first or a later one.</summary>
public enum HealthAssessmentKind
{
    /// <summary>The first, soon after becoming looked after.</summary>
    Initial,

    /// <summary>A later one.</summary>
    Review,
}

/// <summary>Health services were told that the child became looked after.</summary>
public sealed record HealthNotified : ChildEvent;

/// <summary>A health assessment was held (Care Planning Regulations 2010, reg 7: 20 working days, then 6-monthly under five, yearly from five).</summary>
public sealed record HealthAssessmentHeld : ChildEvent
{
    /// <summary>Whether it was the first.</summary>
    public required HealthAssessmentKind Kind { get; init; }
}

/// <summary>A looked-after child saw a dentist.</summary>
public sealed record DentalCheckHeld : ChildEvent;

/// <summary>A strengths and difficulties questionnaire was recorded, as every year for a looked-after child aged 4 to 16.</summary>
public sealed record SdqRecorded : ChildEvent;

/// <summary>A personal education plan was recorded (Care Planning Regulations 2010, reg 5; reviewed every term).</summary>
public sealed record PersonalEducationPlanRecorded : ChildEvent
{
    /// <summary>Code of the school term that it is for.</summary>
    public string? Term { get; init; }
}
