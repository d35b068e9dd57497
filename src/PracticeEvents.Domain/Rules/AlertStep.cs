using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>When a step of a rule's alert profile comes.</summary>
public enum StepTiming
{
    /// <summary>So long before the due date.</summary>
    Before,

    /// <summary>When the given share of the time has gone.</summary>
    Share,

    /// <summary>On the last working day on or before the due date.</summary>
    PlanBy,

    /// <summary>On the due date itself.</summary>
    Due,

    /// <summary>So long after the due date. "0 days" is the moment it is late.</summary>
    After,

    /// <summary>As soon as the duty starts.</summary>
    Start,
}

/// <summary>One step of an alert profile: which stage, when, and who is told.</summary>
/// <param name="Stage">The stage that an alert reaches.</param>
/// <param name="Timing">What it is counted from.</param>
/// <param name="Span">How long before or after.</param>
/// <param name="Share">Share of the time gone, between 0 and 1.</param>
/// <param name="To">Roles told.</param>
public sealed record AlertStep(AlertStage Stage, StepTiming Timing, Span Span, double Share, IReadOnlyList<Role> To);

/// <summary>A worked example: a dated story and what follows from it.</summary>
/// <param name="Title">The story in a line.</param>
/// <param name="Facts">The facts, in the order told.</param>
/// <param name="AsAt">The instant at which the outcome is looked at.</param>
/// <param name="Expected">The duties of this rule that follow, oldest first.</param>
public sealed record Example(string Title, IReadOnlyList<Fact> Facts, DateTimeOffset AsAt, IReadOnlyList<ExpectedDuty> Expected);

/// <summary>A duty that an example leads to.</summary>
/// <param name="Due">As written by <see cref="DueDate.ToString"/>.</param>
/// <param name="Status">Status word, such as <c>overdue</c>.</param>
/// <param name="PlanBy">Last working day on or before the due date, when the example says it.</param>
/// <param name="MetOn">When it was met, when it was.</param>
/// <param name="InRecord">Codes of the questions of quality that the record answers.</param>
public sealed record ExpectedDuty(string Due, string Status, string? PlanBy, string? MetOn, IReadOnlyList<string> InRecord);
