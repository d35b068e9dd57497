using System.Globalization;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>One step of an explanation.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Days">The days counted and skipped, for the step that counts; otherwise empty.</param>
public sealed record Step(string Text, IReadOnlyList<CountedDay> Days);

/// <summary>A day in a count of working days.</summary>
/// <param name="Date">London date.</param>
/// <param name="Number">Its number in the count, from 1; nothing when it was skipped.</param>
/// <param name="Skipped">Why it was skipped, such as "Saturday" or "Easter Monday".</param>
public sealed record CountedDay(DateOnly Date, int? Number, string? Skipped);

/// <summary>Says how a duty came about, in sentences that a practitioner can check with a calendar.</summary>
internal static class Explanation
{

    public static IReadOnlyList<Step> Of(Obligation duty, WorkingDays calendar) =>
        [.. Started(duty).Concat(Counted(duty, calendar)).Concat(Ended(duty)).Concat(Checked(duty)).Append(Source(duty))];

    public static string Day(DateOnly date) => date.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    private static IEnumerable<Step> Started(Obligation duty)
    {
        yield return Say($"Started by {Words(duty.StartedBy.Type)} on {When(duty.StartedOn)} (event {duty.StartedBy.EventId}).");
        if (duty.Round > 0)
        {
            yield return Say($"It is number {duty.Round + 1} in a row: each one counts from when the last was carried out.");
        }
    }

    private static IEnumerable<Step> Counted(Obligation duty, WorkingDays calendar)
    {
        var sum = duty.Calculation;
        if (sum.Due is not { } due)
        {
            yield return Say(duty.Because ?? "The date is not recorded.");
            yield break;
        }

        foreach (var clock in sum.Clocks)
        {
            yield return Say($"The {clock.Name} clock counts from {When(clock.From)} and runs out on {clock.Due.InWords()}.");
        }

        if (sum.Clocks.Count > 1)
        {
            yield return Say("The earlier clock is the one that counts.");
        }

        if (sum.Variant is { } variant)
        {
            yield return Say($"{variant.Name}: {variant.Within} applies.");
        }

        if (sum.OwnInterval is { } own)
        {
            yield return Say($"The child's own interval of {sum.Within}, set on {When(own.On)}, is tighter than the usual one and is used.");
        }

        if (duty.Edition.Due.CountFrom is not null && sum.From.Date != duty.StartedOn.Date)
        {
            yield return Say($"It counts from {Day(sum.From.Date)}{(duty.Edition.Due.CountFrom.Birthday is { } years ? $", not before the child's {years}th birthday" : "")}.");
        }

        yield return Length(duty, sum, calendar);
        if (sum.MovedBy is { } moved)
        {
            yield return Say($"{Sentence(Words(moved.Type))} on {When(moved.On)} (event {moved.EventId}) set another date.");
        }

        if (sum.ChangedOn is { } changed)
        {
            yield return Say($"Circumstances changed on {Day(changed)}. It counts from the same day as before, and is not late on the day of the change.");
        }

        yield return Say($"Due {due.InWords()}.");
        if (due.At is null && sum.PlanBy is { } planBy && planBy != due.Date)
        {
            yield return Say($"{Day(due.Date)} is not a working day ({calendar.WhyNot(due.Date)}). The legal date stays; plan for {Day(planBy)}, the last working day before it.");
        }

        if (due.Date > calendar.LastKnown)
        {
            yield return Say($"Bank holidays are known up to {Day(calendar.LastKnown)}. The date may move when later ones are published.");
        }
    }

    private static Step Length(Obligation duty, Calculation sum, WorkingDays calendar)
    {
        var rule = duty.Edition.Due;
        var from = Day(sum.From.Date);
        return rule.Method switch
        {
            DueMethod.EndOfDay => Say("Due by the end of the same day, 23:59 London time."),
            DueMethod.Explicit when rule.Before is { Unit: SpanUnit.WorkingDays } => new Step(
                $"Count {rule.Before} back from {from}, which is day 0. Saturdays, Sundays and bank holidays are not counted.", Back(sum, calendar)),
            DueMethod.Explicit when rule.Before is not null => Say($"Count {rule.Before} back from {from}."),
            DueMethod.Explicit => Say("The date was set, not calculated."),
            DueMethod.MidPoint => Say(
                $"The cycle runs from {from} to {Day(sum.CycleEnds!.Value)}, {sum.CycleEnds.Value.DayNumber - sum.From.Date.DayNumber} days. "
                + $"Half of that, rounded down, is {sum.Due!.Value.Date.DayNumber - sum.From.Date.DayNumber} days."),
            _ when sum.Within.Unit is SpanUnit.WorkingDays => new Step(
                $"Count {sum.Within}. {from} is day {(rule.StartIsDayOne ? 1 : 0)}. Saturdays, Sundays and bank holidays are not counted.",
                Days(sum, rule.StartIsDayOne, calendar)),
            _ when sum.Within.IsHours => Say($"Count {sum.Within}, hour by hour, through nights, weekends and clock changes."),
            _ when sum.Within.Unit is SpanUnit.SchoolTerms => Say($"Count {sum.Within} after the one of {from}, to its last day in the council's own calendar."),
            _ when sum.Within.Unit is SpanUnit.Months => Say($"Count {sum.Within} from {from}, to the same day of the month or the last day of a shorter month."),
            _ when rule.StartIsDayOne => Say($"Count {sum.Within} beginning with {from}, which is the first day."),
            _ => Say($"Count {sum.Within} from {from}."),
        };
    }

    private static List<CountedDay> Days(Calculation sum, bool startIsDayOne, WorkingDays calendar)
    {
        var days = new List<CountedDay>();
        var number = 0;
        for (var day = sum.From.Date.AddDays(startIsDayOne ? 0 : 1); day <= sum.Due!.Value.Date; day = day.AddDays(1))
        {
            days.Add(calendar.WhyNot(day) is { } why ? new CountedDay(day, null, why) : new CountedDay(day, ++number, null));
        }

        return days;
    }

    private static List<CountedDay> Back(Calculation sum, WorkingDays calendar)
    {
        var days = new List<CountedDay>();
        var number = 0;
        for (var day = sum.From.Date.AddDays(-1); day >= sum.Due!.Value.Date; day = day.AddDays(-1))
        {
            days.Add(calendar.WhyNot(day) is { } why ? new CountedDay(day, null, why) : new CountedDay(day, ++number, null));
        }

        return days;
    }

    private static IEnumerable<Step> Ended(Obligation duty)
    {
        if (duty.MetOn is { } met && duty.EndedBy is { } by)
        {
            yield return Say($"Met by {Words(by.Type)} on {When(met)} (event {by.EventId}){(duty.Due is { } due && due.IsLate(met) ? ", which is late" : ", which is in time")}.");
            if (London.DateOf(by.RecordedAt) is var recorded && recorded > by.On.Date.AddDays(1))
            {
                yield return Say($"It was recorded on {Day(recorded)}. Timeliness is judged on {(duty.Edition.JudgedOnRecording ? "the recording" : "when it happened")}.");
            }
        }
        else if (duty.Outcome is not Outcome.Open)
        {
            yield return Say(duty.Because ?? "It ended without being met.");
        }
    }

    private static IEnumerable<Step> Checked(Obligation duty)
    {
        if (duty.SentBefore > 0)
        {
            yield return Say($"It was sent in {(duty.SentBefore == 1 ? "once" : $"{duty.SentBefore} times")} before.");
        }

        foreach (var (question, inRecord, byManager) in duty.Quality)
        {
            yield return Say($"{question.Asks} "
                + (inRecord ? "Yes, by the record"
                    : byManager ? "The manager answered it at sign-off; the record does not show it"
                    : "The record does not show it")
                + ".");
        }
    }

    private static Step Source(Obligation duty) =>
        Say($"{duty.Rule.Duty} {duty.Edition.Source.Instrument}, {duty.Edition.Source.Paragraph} "
            + $"({Kind(duty.Rule)}; edition {duty.Edition.Name}, in force from {Day(duty.Edition.From)})."
            + $"{(duty.Edition.Local is { } local ? $" The council's own change: {local}" : "")}");

    private static string Kind(Rule rule) => rule.Kind switch
    {
        RuleKind.Regulation => "regulation",
        RuleKind.StatutoryGuidance => "statutory guidance",
        RuleKind.CourtRules => "court rules",
        RuleKind.LocalStandard => "local standard",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Kind, null),
    };

    private static string When(Happened happened) => happened.At is { } at ? $"{Day(happened.Date)} at {London.TimeOf(at):HH:mm}" : Day(happened.Date);

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Words(string type) => type.Replace('_', ' ');

    private static Step Say(string text) => new(text, []);
}
