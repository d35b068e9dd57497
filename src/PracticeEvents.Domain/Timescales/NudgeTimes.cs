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
        var nudges = new Nudge[steps.Count];
        for (var i = 0; i < nudges.Length; i++)
        {
            Insert(nudges, i, new Nudge(Later(began, At(steps[i], began, due, calculation.PlanBy!.Value, calendar).ToUniversalTime()), steps[i]));
        }

        return nudges;
    }

    // Profiles are short and nearly in order as written. Of two steps at one instant the earlier stage comes first, then the one written first.
    private static void Insert(Nudge[] nudges, int place, Nudge nudge)
    {
        for (; place > 0 && (nudge.At < nudges[place - 1].At || (nudge.At == nudges[place - 1].At && nudge.Step.Stage < nudges[place - 1].Step.Stage)); place--)
        {
            nudges[place] = nudges[place - 1];
        }

        nudges[place] = nudge;
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
