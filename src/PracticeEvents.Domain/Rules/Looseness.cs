using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Whether a council's own length can ever fall later than the law's. Tried day by day, because no rule of thumb holds for working
/// days against weeks and months.</summary>
internal static class Looseness
{
    private const int Days = 3 * 366;

    /// <summary>A day on which a duty that starts would be due later by the change than by the rule; nothing when there is none.</summary>
    /// <param name="law">How the rule counts.</param>
    /// <param name="own">How the council would count.</param>
    /// <param name="from">First London date of the change.</param>
    /// <param name="calendar">The calendar.</param>
    public static (DateOnly Start, DateTimeOffset Law, DateTimeOffset Own)? Find(DueRule law, DueRule own, DateOnly from, WorkingDays calendar)
    {
        var rounds = Math.Max(law.ThenWithin.Count, own.ThenWithin.Count);
        for (var round = 0; round <= rounds; round++)
        {
            for (var day = 0; day < Days; day++)
            {
                var start = from.AddDays(day);
                var (mine, its) = (Late(own, round, start, calendar), Late(law, round, start, calendar));
                if (mine > its)
                {
                    return (start, its, mine);
                }
            }
        }

        return null;
    }

    // The instant from which a duty that starts at noon is late.
    private static DateTimeOffset Late(DueRule rule, int round, DateOnly start, WorkingDays calendar)
    {
        var within = round == 0 || rule.ThenWithin.Count == 0 ? rule.Within : rule.ThenWithin[Math.Min(round, rule.ThenWithin.Count) - 1];
        return DueDates.Count(
            Events.Happened.AtInstant(London.StartOf(start).AddHours(12)), within, rule.StartIsDayOne,
            rule.LocalClosures ? calendar.WithClosures : calendar).LateFrom;
    }
}
