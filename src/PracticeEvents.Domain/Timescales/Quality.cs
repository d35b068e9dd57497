using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>A question of quality, and what answers it.</summary>
/// <param name="Question">The question.</param>
/// <param name="InRecord">True when the record itself shows it. False says only that nothing was recorded.</param>
/// <param name="ByManager">True when the sign-off lists it among the questions that the manager answered.</param>
public sealed record Answered(Question Question, bool InRecord, bool ByManager);

/// <summary>Answers the questions of a rule from the record: for a duty that is open by all that is known, for one that has ended by what had happened then.</summary>
internal static class Quality
{
    // No record reaches as far; the days after it can still be counted.
    private static readonly DateOnly Always = new(9900, 1, 1);

    public static IReadOnlyList<Answered> Of(Edition edition, Fact? endedBy, History history, WorkingDays calendar)
    {
        var on = endedBy?.On.Date ?? Always;
        var answered = (endedBy?.Event as AssessmentSignedOff)?.Checklist ?? [];
        return edition.Checklist.Count == 0
            ? []
            : [.. edition.Checklist.Select(q => new Answered(
                q, q.ShownBy.Hold(history, on, on, calendar), answered.Contains(q.Code, StringComparer.Ordinal)))];
    }

    /// <summary>How many times what starts a duty had been sent in before, with the same reference.</summary>
    public static int Before(Fact start, History history) => history.Of(EventCatalogue.KindOf(start.Event))
        .Count(f => f.Id != start.Id && f.Event.Ref == start.Event.Ref && f.On < start.On);
}
