using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>Turns the steps of an alert profile into instants.</summary>
internal static class NudgeTimes
{
    /// <summary>The steps with their instants, earliest first. A step never comes before the duty has started.</summary>
    public static IReadOnlyList<Nudge> Of(IReadOnlyList<AlertStep> steps, Happened start, Calculation calculation, WorkingDays calendar)
    {
        if (calculation.Due is not { } due)
        {
            return [];
        }

        var began = start.Instant.ToUniversalTime();
        return [.. steps
            .Select(step => new Nudge(Later(began, At(step, began, due, calculation.PlanBy!.Value, calendar).ToUniversalTime()), step))
            .OrderBy(n => n.At).ThenBy(n => n.Step.Stage)];
    }

    private static DateTimeOffset At(AlertStep step, DateTimeOffset began, DueDate due, DateOnly planBy, WorkingDays calendar) => step.Timing switch
    {
        StepTiming.Start => began,
        StepTiming.PlanBy => London.StartOf(planBy),
        StepTiming.Due => due.At ?? London.StartOf(due.Date),
        StepTiming.Share => began + ((due.LateFrom - began) * step.Share),
        StepTiming.Before when step.Span.IsHours => (due.At ?? London.StartOf(due.Date)).AddHours(-step.Span.Length),
        StepTiming.Before => London.StartOf(step.Span.From(due.Date, calendar, -1)),
        StepTiming.After when step.Span.Length == 0 => due.LateFrom,
        StepTiming.After when step.Span.IsHours => due.LateFrom.AddHours(step.Span.Length),
        StepTiming.After => London.StartOf(step.Span.From(due.Date, calendar)),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Timing, null),
    };

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
