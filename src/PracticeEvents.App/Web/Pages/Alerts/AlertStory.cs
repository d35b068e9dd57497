using PracticeEvents.App.Process;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>One thing that happened to an alert, as a sentence.</summary>
/// <param name="At">When it was recorded (UTC instant).</param>
/// <param name="Title">What, in a few words.</param>
/// <param name="Text">The sentence under it; may be empty.</param>
internal sealed record AlertMoment(DateTimeOffset At, string Title, string Text);

/// <summary>Tells an alert's own events, newest first: raised, sent, seen, claimed, escalated, settled. A failed delivery is said plainly.</summary>
internal static class AlertStory
{
    /// <summary>The events of an alert's stream as moments.</summary>
    public static IReadOnlyList<AlertMoment> Of(IEnumerable<StoredEvent> stream, Names names) =>
        [.. stream.Select(StoredFacts.Read).Reverse().Select(f => Tell((AlertEvent)f.Event, f.ReceivedAt, names))];

    /// <summary>A stage as people say it.</summary>
    public static string Of(AlertStage stage) => stage switch
    {
        AlertStage.DueSoon => "due soon",
        AlertStage.Due => "due",
        AlertStage.Overdue => "overdue",
        AlertStage.Escalated => "overdue for longer",
        AlertStage.ToKnow => "something to know",
        AlertStage.MidPoint => "half-way point",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };

    /// <summary>A fault as people say it.</summary>
    public static string Of(AlertFault fault) => fault switch
    {
        AlertFault.DoneNotRecorded => "It was done, and is not recorded",
        AlertFault.WrongWorker => "It belongs to another worker",
        AlertFault.ShouldNotApply => "The rule should not apply to this child",
        AlertFault.WrongDate => "The date is wrong",
        AlertFault.WrongChild => "It is about the wrong child",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>An answer as people say it.</summary>
    public static string Of(AlertAnswer answer) => answer switch
    {
        AlertAnswer.RecordCorrected => "The record was put right",
        AlertAnswer.AlertIsRight => "The alert is right as it is",
        AlertAnswer.RuleToChange => "The rule, or who is told, is to be changed",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private static AlertMoment Tell(AlertEvent e, DateTimeOffset at, Names names) => e switch
    {
        AlertRaised r => new(at, $"Raised: {Of(r.Stage)}", $"{Told(r.Quiet)} {names.Worker(r.To)}, as {Names.Of(r.Role)}. {Due(r.Due)}{Late(r.SaidLate)}"),
        AlertStageReached s => new(at, $"Now {Of(s.Stage)}", $"{Due(s.Due)}{(s.Quiet ? " Not sent at once, because a history was being loaded." : "")}{Late(s.SaidLate)}"),
        AlertDelivered d => new(at, "Sent", $"By {Code(d.Channel)}."),
        AlertDeliveryFailed f => new(at, "Not delivered", $"It could not be sent by {Code(f.Channel)}{(f.ReasonCode is { } why ? $" ({Code(why)})" : "")}. It is in this inbox."),
        AlertSeen => new(at, "Seen", $"Opened by {names.Worker(e.By)}."),
        AlertAcknowledged a => new(at, "Someone is dealing with it", $"{names.Worker(e.By)} said so{(a.NoteCode is { } note ? $" ({Code(note)})" : "")}. The due date stays."),
        AlertReminderSet r => new(at, "Reminder set", $"For {Dates.Long(r.RemindOn)}."),
        AlertReminded => new(at, "Reminded", "As was asked for."),
        AlertQuestioned q => new(at, "Said not to be right", $"{Of(q.Fault)}, said {names.Worker(e.By)}. It is a task for data staff."),
        AlertQuestionAnswered a => new(at, "Looked at by data staff", $"{Of(a.Answer)}."),
        AlertReassigned r => new(at, "Passed on", $"To {names.Worker(r.To)}."),
        AlertEscalated x => new(at, "Escalated", $"To {names.Worker(x.To)}, as {Names.Of(x.Role)}."),
        AlertWithdrawn w => new(at, "Withdrawn", w.Because.Count > 0 ? w.Because[0] : "The duty no longer runs."),
        AlertSettled s when e.By is { } by => new(at, "Settled", $"Read by {names.Worker(by)}."),
        AlertSettled s => new(at, "Settled", $"What it asked for was recorded (event {string.Join(", ", s.Because)})."),
        _ => new(at, Code(EventCatalogue.KindOf(e).Alias), ""),
    };

    private static string Told(bool quiet) => quiet ? "Kept, without a message because a history was being loaded, for" : "Told";

    private static string Due(Happened due) => $"Due {Dates.Long(due.Date)}{(due.At is { } at ? $" at {Dates.Time(at)}" : "")}.";

    private static string Late(string? why) => why is null ? "" : $" {why}";

    private static string Code(string? code) => (code ?? "a way that was not recorded").Replace('_', ' ');
}
