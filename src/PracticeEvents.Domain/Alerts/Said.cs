using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>One thing that one person was told: an alert was raised, or reached another stage or due date.</summary>
/// <param name="At">UTC instant.</param>
/// <param name="Child">Child reference.</param>
/// <param name="Alert">The alert's id.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Occurrence">Which of the rule's duties.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Role">Role in which the person is told.</param>
/// <param name="To">Worker told.</param>
/// <param name="Due">When the duty was due.</param>
public sealed record Said(DateTimeOffset At, string Child, string Alert, string Rule, Guid Occurrence, AlertStage Stage, Role Role, string To, DueDate Due)
{
    /// <summary>The London date on which it was said.</summary>
    public DateOnly On => London.DateOf(At);

    /// <summary>True when it says that the work is out of timescale.</summary>
    public bool IsBreach => Stage is AlertStage.Overdue or AlertStage.Escalated;
}
