using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>What a due date is worked out from.</summary>
/// <param name="Rule">How.</param>
/// <param name="SameRef">True when another date counts only under the same reference.</param>
/// <param name="Start">The fact that started the duty.</param>
/// <param name="First">The fact that started the first of the row.</param>
/// <param name="Round">0 for the first of the row.</param>
/// <param name="NotBefore">London date before which it cannot be late, because circumstances made it count only then; nothing otherwise.</param>
/// <param name="EndedOn">London date on which it was met or ended; nothing while it is open.</param>
/// <param name="History">What is known of the child.</param>
/// <param name="Calendar">The calendar to count by.</param>
internal sealed record Counting(DueRule Rule, bool SameRef, Fact Start, Fact First, int Round, DateOnly? NotBefore, DateOnly? EndedOn, History History, WorkingDays Calendar);
