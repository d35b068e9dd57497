using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.RulePages;

/// <summary>A rule in words, made from the rule itself, so that the page says what the service does.</summary>
internal static class RuleWords
{
    /// <summary>"Statutory guidance".</summary>
    public static string Kind(RuleKind kind) => Sentence(Word(kind));

    /// <summary>How sure the catalogue is, plainly. What was not seen in a source is never passed off as the law.</summary>
    public static string Sure(Confidence confidence) => confidence switch
    {
        Confidence.Verified => "The wording was seen in a primary source or in a source report.",
        Confidence.Published => "The wording was seen on a published page that restates it, not in the primary text.",
        Confidence.Known => "This rests on knowledge of the subject only. The primary text was not opened: check it before you call this statutory.",
        Confidence.Local => "No national number exists. This is a suggested default for the council to set: it is not statutory.",
        _ => throw new ArgumentOutOfRangeException(nameof(confidence), confidence, null),
    };

    /// <summary>The caution beside a kind; nothing where the kind can be taken as it stands.</summary>
    public static string? Caution(Rule rule) => rule switch
    {
        { Kind: RuleKind.LocalStandard } => "not statutory",
        { Confidence: Confidence.Known } => "not checked against the source",
        { Confidence: Confidence.Local } => "the number is a local default",
        _ => null,
    };

    /// <summary>What starts the duty.</summary>
    public static IEnumerable<string> Starts(Edition edition, RuleBook rules) => edition.Follows.Count > 0
        ? edition.Follows.Select(id => $"Each time this duty starts: {rules.Find(id)?.Title ?? id}")
        : edition.Starts.Select(t => Trigger(t) + (t.Nth is { } nth ? $", {(nth is Nth.First ? "the first" : "any but the first")} of its period" : "")
            + (t.Repeated is { } repeated ? $", when it is at least number {repeated.Times} within {repeated.Within}" : ""));

    /// <summary>What must be so in the child's life.</summary>
    public static IEnumerable<string> Circumstances(Edition edition) =>
        edition.While.Concat(edition.Starts.SelectMany(t => t.When)).Select(c => c.Says).Distinct();

    /// <summary>What meets the duty.</summary>
    public static IEnumerable<string> MetBy(Edition edition) => edition.IsNotice ? [$"“I’ve read this”. It is news for {edition.NoticeFor}."] : edition.MetBy.Select(Trigger);

    /// <summary>The questions of quality, each with what in the record answers it.</summary>
    public static IEnumerable<string> Questions(Edition edition) => edition.Checklist.Select(q => $"{q.Asks} In the record: {string.Join(" ", q.ShownBy.Select(c => c.Says))}");

    /// <summary>What ends the duty unmet.</summary>
    public static IEnumerable<string> Stops(Edition edition) =>
        [.. edition.Stops.Select(t => $"{Trigger(t)}. {t.Because}"), "The case is closed, or the child dies. These end every duty."];

    /// <summary>How the due date is counted, in sentences.</summary>
    public static IEnumerable<string> Counting(Edition edition)
    {
        var due = edition.Due;
        yield return due.Method switch
        {
            DueMethod.EndOfDay => "Due by the end of the same day, one second before midnight in London.",
            DueMethod.Explicit when due.Before is { } before => $"Due {before} before the date that the starting event itself carries.",
            DueMethod.Explicit => "Due on the date that the starting event itself carries. It is never calculated.",
            DueMethod.MidPoint => "Due half-way between the start of the cycle and the next review due or booked, rounded down to a whole day.",
            _ when due.Milestones.Count > 0 => $"Due {string.Join(", then ", due.Milestones)} after the first start. {Unit(due.Milestones[0].Unit)}",
            _ => $"Due within {due.Within}. {Unit(due.Within.Unit)}",
        };
        if (due.Method is DueMethod.Within && !due.Within.IsHours)
        {
            yield return due.StartIsDayOne ? "The day of the start is day 1." : "The day of the start is not counted.";
        }

        foreach (var (span, n) in due.ThenWithin.Select((span, n) => (span, n)))
        {
            yield return n == due.ThenWithin.Count - 1 ? $"After that, every {span}." : $"Then within {span}.";
        }

        foreach (var clock in due.Clocks)
        {
            yield return $"The {clock.Name} clock counts from: {Lower(Trigger(clock.From))}. The earliest clock is the one that counts.";
        }

        foreach (var variant in due.Variants)
        {
            yield return $"{variant.Name}: {variant.Within} instead.";
        }

        if (due.CountFrom is { } from)
        {
            yield return $"It counts from the later of the start{(from.After is { } after ? $", {after} after it" : "")}"
                + $"{(from.Birthday is { } years ? $" and the child’s {years}th birthday" : "")}.";
        }

        if (due.MovedBy is { } moved)
        {
            yield return $"Another date is set by: {Lower(Trigger(moved.By))}.";
        }

        if (due.Variants.Count > 0)
        {
            yield return "When circumstances change before it is due, the new length counts from the same start; nothing is late on the day of a change.";
        }

        if (due.LocalClosures)
        {
            yield return "Days on which the council is closed are not counted either.";
        }

        if (due.OwnInterval is { } own)
        {
            yield return $"The child’s own interval is used when it is tighter. It is recorded with: {Words(own.Kind.Alias)}.";
        }

        if (edition.JudgedOnRecording)
        {
            yield return "In time or late goes by when it was recorded.";
        }

        if (edition.Repeats)
        {
            yield return "Meeting it starts the next one.";
        }

        yield return "A due date on a day off stays the legal date. Plan for the last working day before it.";
    }

    /// <summary>A step of the alert profile: when, and who is told.</summary>
    public static (string When, string Who) Told(AlertStep step) => (
        Sentence(Word(step.Stage)) + ": " + step.Timing switch
        {
            StepTiming.Before => $"{step.Span} before the due date",
            StepTiming.Share => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"when {step.Share:0.##} of the time has gone"),
            StepTiming.PlanBy => "on the last working day on or before the due date",
            StepTiming.Due => "on the due date",
            StepTiming.After => step.Span.Length == 0 ? "as soon as it is late" : $"{step.Span} after the due date",
            StepTiming.Start => "as soon as it starts",
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Timing, null),
        },
        string.Join(", ", step.To.Select(Role)));

    /// <summary>"Social worker".</summary>
    public static string Role(Role role) => role switch
    {
        Domain.Events.Role.Iro => "Independent reviewing officer",
        Domain.Events.Role.IroManager => "Manager of the reviewing officers",
        Domain.Events.Role.CpChair => "Child protection chair",
        Domain.Events.Role.PloCoordinator => "Pre-proceedings coordinator",
        _ => Sentence(Word(role)),
    };

    /// <summary>A stage of the work: "Child protection".</summary>
    public static string Area(string area) => Sentence(Words(area));

    /// <summary>A kind of event with what its members must be: "Initial conference held (outcome: plan)".</summary>
    public static string Trigger(Trigger trigger) =>
        Sentence(Words(trigger.Kind.Alias)) + (trigger.Where.Count == 0 ? "" : $" ({string.Join("; ", trigger.Where.Select(Condition))})");

    /// <summary>A fact of a worked example.</summary>
    public static string Fact(Fact fact) => Sentence(Words(fact.Type));

    private static string Condition(Condition condition) =>
        $"{Words(EventName.Word(condition.Member.PropertyName))}: {string.Join(" or ", condition.Allowed.Select(Value))}";

    private static string Value(object value) => value switch
    {
        bool yes => yes ? "yes" : "no",
        Enum word => Words(EventName.Word(word.ToString())),
        _ => value.ToString() ?? "",
    };

    private static string Unit(SpanUnit unit) => unit switch
    {
        SpanUnit.WorkingDays => "Saturdays, Sundays and the bank holidays of England and Wales are not counted. A council’s own closure days are.",
        SpanUnit.Hours => "Hour by hour, through nights, weekends and clock changes.",
        SpanUnit.SchoolTerms => "To the last day of the school term, as the council’s own calendar has it.",
        SpanUnit.Months => "To the same day of the month, or the last day of a shorter month.",
        _ => "Calendar days: weekends and holidays are counted.",
    };

    private static string Word<T>(T value)
        where T : struct, Enum => Words(EventName.Word(value.ToString()));

    private static string Words(string snake) => snake.Replace('_', ' ');

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Lower(string words) => char.ToLowerInvariant(words[0]) + words[1..];
}
