using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Views;

/// <summary>One line of a child's timeline: a fact, or a deadline still to come.</summary>
/// <param name="Kind"><c>fact</c> or <c>deadline</c>.</param>
/// <param name="Type">Event type, or the rule's id.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Happened">When it happened, or when the duty is due.</param>
/// <param name="Recorded">When the worker recorded it (UTC instant).</param>
/// <param name="Received">When the service was told (UTC instant).</param>
/// <param name="EventId">The sender's id of the fact.</param>
/// <param name="By">Worker who did it.</param>
/// <param name="Ref">The case system's reference.</param>
/// <param name="Status">For a deadline, its status; for a fact that no longer stands, <c>corrected</c> or <c>recorded_in_error</c>.</param>
/// <param name="Started">Duties that the fact started, by rule.</param>
/// <param name="Settled">Duties that the fact met or ended, by rule.</param>
internal sealed record TimelineEntry(
    string Kind, string Type, string Title, string Happened, DateTimeOffset? Recorded, DateTimeOffset? Received, string? EventId, string? By, string? Ref,
    string? Status, IReadOnlyList<string> Started, IReadOnlyList<string> Settled);

/// <summary>Facts and deadlines of a child in one order, oldest first. Nothing vanishes: what was corrected stays, marked.</summary>
internal static class TimelineView
{
    /// <summary>The timeline at an instant.</summary>
    public static IReadOnlyList<TimelineEntry> Of(ChildPicture child, DateTimeOffset now)
    {
        var standing = child.History.Facts.ToDictionary(f => (f.Source, f.EventId));
        var facts = child.Recorded.Select(f => (f.On, Entry: Fact(f, standing.GetValueOrDefault((f.Source, f.EventId)), child.Duties)));
        var deadlines = child.Duties.Where(d => d is { Outcome: Outcome.Open, Edition.IsNotice: false, Due: not null })
            .Select(d => (On: new Happened(d.Due!.Value.Date, d.Due.Value.At), Entry: Deadline(d, now)));
        return [.. facts.Concat(deadlines).OrderBy(e => e.On).Select(e => e.Entry)];
    }

    private static TimelineEntry Fact(Fact fact, Fact? stands, IReadOnlyList<Obligation> duties) => new(
        "fact", fact.Type, Words(fact.Type), (stands ?? fact).On.ToString(), fact.RecordedAt, fact.ReceivedAt, fact.EventId, fact.Event.By, fact.Event.Ref,
        fact.Event is RecordedInError or Corrected ? null : stands is null ? "recorded_in_error" : stands.Event.Equals(fact.Event) ? null : "corrected",
        [.. duties.Where(d => d.StartedBy.Id == fact.Id).Select(d => d.Rule.Id).Distinct()],
        [.. duties.Where(d => d.EndedBy?.Id == fact.Id).Select(d => d.Rule.Id).Distinct()]);

    private static TimelineEntry Deadline(Obligation duty, DateTimeOffset now) => new(
        "deadline", duty.Rule.Id, duty.Rule.Title, duty.Due!.Value.ToString(), null, null, null, null, null, EventName.Word(duty.StatusAt(now).ToString()), [], []);

    private static string Words(string type)
    {
        var words = type.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
