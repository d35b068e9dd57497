using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>One duty that is or was running for a child: what is due, by when, and why.</summary>
public sealed record Obligation
{
    /// <summary>The rule it comes from.</summary>
    public required Rule Rule { get; init; }

    /// <summary>The edition of the rule in force on the day the duty started.</summary>
    public required Edition Edition { get; init; }

    /// <summary>Which of the rule's duties for this child it is: the identity of the fact that started it. A correction of that fact's date keeps it.</summary>
    public required Guid Occurrence { get; init; }

    /// <summary>The fact that started it.</summary>
    public required Fact StartedBy { get; init; }

    /// <summary>For a repeating duty, 0 for the first, 1 for the next…</summary>
    public int Round { get; init; }

    /// <summary>How the due date was worked out.</summary>
    public required Calculation Calculation { get; init; }

    /// <summary>How it stands, whatever today is.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>The fact that met or ended it.</summary>
    public Fact? EndedBy { get; init; }

    /// <summary>When it was met; judged on recording where the rule says so.</summary>
    public Happened? MetOn { get; init; }

    /// <summary>Why it ended unmet, or why its date cannot be told; a sentence.</summary>
    public string? Because { get; init; }

    /// <summary>The rule's questions of quality with what answers them; empty for most duties.</summary>
    public IReadOnlyList<Answered> Quality { get; init; } = [];

    /// <summary>For a duty with such questions: how many times the same work had been sent in before.</summary>
    public int SentBefore { get; init; }

    /// <summary>When it started, in practice.</summary>
    public Happened StartedOn => StartedBy.On;

    /// <summary>When it is due; nothing when that cannot be told.</summary>
    public DueDate? Due => Calculation.Due;

    /// <summary>The last working day on or before the due date: the day to plan for.</summary>
    public DateOnly? PlanBy => Calculation.PlanBy;

    /// <summary>The calendar that it was counted by.</summary>
    public required WorkingDays Calendar { get; init; }

    /// <summary>The steps of its alert profile with their instants, earliest first; empty when its due date cannot be told.</summary>
    public required IReadOnlyList<Nudge> Nudges { get; init; }

    /// <summary>The first instant at which it counts as due soon.</summary>
    public DateTimeOffset? SoonFrom => Nudges.FirstOrDefault(n => n.Step.Stage is AlertStage.DueSoon)?.At;

    /// <summary>The status at an instant.</summary>
    public Status StatusAt(DateTimeOffset now) => Standing.At(Outcome, MetLate, SoonFrom, Due?.LateFrom, now);

    /// <summary>True when it was met after its due date.</summary>
    public bool MetLate => Outcome is Outcome.Met && Due is { } due && due.IsLate(MetOn!.Value);

    /// <summary>The steps of the calculation, in sentences, with the days counted and the days skipped.</summary>
    public IReadOnlyList<Step> Steps() => Explanation.Of(this, Calendar);
}

/// <summary>A step of an alert profile at its instant.</summary>
/// <param name="At">UTC instant from which the people named are to be told.</param>
/// <param name="Step">The step.</param>
public sealed record Nudge(DateTimeOffset At, AlertStep Step);

/// <summary>How a due date came about.</summary>
/// <param name="Due">The result; nothing when it cannot be told.</param>
/// <param name="PlanBy">Last working day on or before it.</param>
/// <param name="From">What was counted from.</param>
/// <param name="Within">The length counted; 0 days where none was.</param>
public sealed record Calculation(DueDate? Due, DateOnly? PlanBy, Happened From, Span Within)
{
    /// <summary>The variant that set the length, if one did.</summary>
    public Variant? Variant { get; init; }

    /// <summary>The child's own interval that set the length, if one did.</summary>
    public Fact? OwnInterval { get; init; }

    /// <summary>The event that set another date in place of the one worked out, if one did.</summary>
    public Fact? MovedBy { get; init; }

    /// <summary>The London date on which circumstances changed, where the length or the duty itself goes by them: no duty is late on that day.</summary>
    public DateOnly? ChangedOn { get; init; }

    /// <summary>Why no date can be told; nothing when one can.</summary>
    public string? Missing { get; init; }

    /// <summary>Each clock of a duty that has several, with where it stood.</summary>
    public IReadOnlyList<ClockReading> Clocks { get; init; } = [];

    /// <summary>For a mid-point, the later end of the cycle: the next due or booked review.</summary>
    public DateOnly? CycleEnds { get; init; }
}

/// <summary>One of several clocks on a duty.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">What it counts from.</param>
/// <param name="Due">When it runs out.</param>
public sealed record ClockReading(string Name, Happened From, DueDate Due);
