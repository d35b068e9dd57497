using PracticeEvents.App.Synthetic;

namespace PracticeEvents.App.Tests.Synthetic;

/// <summary>Measures how long things took in an invented authority, per child, from one event to the next of another type.</summary>
internal sealed class Durations(List<SyntheticEvent> events, DateOnly from)
{
    private readonly Dictionary<string, SyntheticEvent[]> byChild = events.Where(e => Authorities.Child(e).Length > 0)
        .GroupBy(Authorities.Child).ToDictionary(g => g.Key, g => g.OrderBy(Authorities.On).ToArray());

    public double ShareWithin(string start, string end, int workingDays)
    {
        var days = Pairs(start, end).Select(p => WorkingDays(p.Start, p.End)).ToList();
        return (double)days.Count(d => d <= workingDays) / days.Count;
    }

    public int Percentile(string start, string end, int percent)
    {
        var days = Pairs(start, end).Select(p => WorkingDays(p.Start, p.End)).Order().ToList();
        return days[days.Count * percent / 100];
    }

    public double ShareOfDays(string start, string end, int least, int most)
    {
        var days = Pairs(start, end).Select(p => p.End.DayNumber - p.Start.DayNumber).ToList();
        return (double)days.Count(d => d >= least && d <= most) / days.Count;
    }

    public double RepeatShare(string type)
    {
        var starts = byChild.Values.SelectMany(history => history.Where(e => e.Type == type).Select((e, n) => (On: Authorities.On(e),
            Again: n > 0)))
            .Where(s => s.On >= from).ToList();
        return (double)starts.Count(s => s.Again) / starts.Count;
    }

    public int OpenNow(string start, string end) => byChild.Values.Count(history => history.Count(e => e.Type == start) > history.Count(e => e.Type == end));

    // Pairs that ended in the period, as the statistics count them.
    private IEnumerable<(DateOnly Start, DateOnly End)> Pairs(string start, string end)
    {
        foreach (var history in byChild.Values)
        {
            DateOnly? started = null;
            foreach (var e in history)
            {
                if (e.Type == start)
                {
                    started = Authorities.On(e);
                }
                else if (e.Type == end && started is { } since)
                {
                    if (Authorities.On(e) >= from)
                    {
                        yield return (since, Authorities.On(e));
                    }

                    started = null;
                }
            }
        }
    }

    private static int WorkingDays(DateOnly from, DateOnly to)
    {
        var days = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            days += OfficeDays.IsWorkingDay(day) ? 1 : 0;
        }

        return days;
    }
}
