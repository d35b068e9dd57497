namespace PracticeEvents.Domain.Measures;

/// <summary>One case of a measure: one referral, one visit that was due, one plan.</summary>
/// <param name="Occurrence">Which it is: the identity of the fact or duty that began it.</param>
/// <param name="From">London date on which it began.</param>
/// <param name="On">London date on which it counts, or on which it ended; nothing while that is open.</param>
public sealed record MeasuredCase(Guid Occurrence, DateOnly From, DateOnly? On)
{
    /// <summary>Tells cases of one occurrence apart: the rule of a duty, or <c>over</c> for the time past a limit. Empty where there is one.</summary>
    public string Part { get; init; } = "";

    /// <summary>Its length in days, or how many times; nothing where the measure has none.</summary>
    public int? Value { get; init; }

    /// <summary>Whether it counts towards the numerator; nothing for a measure of lengths, and for what only makes the denominator.</summary>
    public bool? Hit { get; init; }

    /// <summary>True when it counts on its date only because nothing came by the end of that day: on the day itself there is still time.</summary>
    public bool AtDayEnd { get; init; }

    /// <summary>Why it cannot be told, a sentence. Such a case is neither in the numerator nor in the denominator: not recorded is not the same as not done.</summary>
    public string? NotRecorded { get; init; }
}
