using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Forecasts;

/// <summary>How forecasts of one strength came out.</summary>
/// <param name="From">The lowest share in the band, per cent.</param>
/// <param name="To">Where the band ends, per cent.</param>
/// <param name="Duties">How many duties were forecast within it.</param>
/// <param name="Expected">How many of them the forecasts expected to be late.</param>
/// <param name="Late">How many were.</param>
public sealed record CalibrationBand(int From, int To, int Duties, double Expected, int Late);

/// <summary>Whether forecasts came true: those that would have been made on each Monday of the last weeks, from what was past on that
/// Monday, against what became of the duties of that week.</summary>
public static class Calibration
{
    /// <summary>How many weeks are looked back at.</summary>
    public const int Weeks = 13;

    /// <summary>How far back a forecast learns from, in calendar days.</summary>
    public const int LearnsFrom = 365;

    private static readonly int[] Edges = [0, 10, 25, 50, 75, 100];

    /// <summary>The bands of forecasts, the weakest first, those without a forecast left out.</summary>
    /// <param name="rounds">Past rounds of <see cref="LearnsFrom"/> days and <see cref="Weeks"/> weeks.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="today">London date; the week that it lies in is not looked at.</param>
    public static IReadOnlyList<CalibrationBand> Of(IReadOnlyList<PastRound> rounds, WorkingDays calendar, DateOnly today)
    {
        var thisWeek = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var bands = new CalibrationBand[Edges.Length - 1];
        for (var b = 0; b < bands.Length; b++)
        {
            bands[b] = new CalibrationBand(Edges[b], Edges[b + 1], 0, 0, 0);
        }

        for (var week = 1; week <= Weeks; week++)
        {
            var monday = thisWeek.AddDays(-7 * week);
            var past = new PastRounds(rounds.Where(r => r.Due >= monday.AddDays(-LearnsFrom) && r.Due < monday));
            foreach (var round in rounds.Where(r => r.Due >= monday && r.Due < monday.AddDays(7) && !(r.MetOn < monday)))
            {
                if (past.With(round.Rule, calendar.Between(monday, round.Due)) is { } odds)
                {
                    var b = Array.FindLastIndex(Edges, Edges.Length - 2, edge => odds.Late * 100 >= edge * odds.Of);
                    bands[b] = bands[b] with
                    {
                        Duties = bands[b].Duties + round.Count,
                        Expected = bands[b].Expected + (odds.Share * round.Count),
                        Late = bands[b].Late + (round.Late ? round.Count : 0),
                    };
                }
            }
        }

        return [.. bands.Where(b => b.Duties > 0)];
    }
}
