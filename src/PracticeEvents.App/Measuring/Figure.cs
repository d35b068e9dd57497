using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Measuring;

/// <summary>Cases that stand alike in a period.</summary>
internal readonly record struct Tally(string Measure, int Period, string? Team, CaseStanding Standing, int Cases);

/// <summary>A measure's figure for a period.</summary>
/// <param name="Numerator">What the numerator holds; for lengths the sum, in days, weeks or times.</param>
/// <param name="Denominator">How many cases that is of.</param>
/// <param name="Waiting">Cases that had begun and did not count yet at the end of the period.</param>
/// <param name="NotRecorded">Cases that cannot be told: in neither the numerator nor the denominator.</param>
/// <param name="Percent">The share in per cent; nothing for fewer than ten cases, of which a percentage says nothing.</param>
/// <param name="Mean">Mean length, to two decimals.</param>
/// <param name="Median">Median length, to two decimals.</param>
/// <param name="TargetMet">Whether the target is met; nothing where there is none, or no case.</param>
internal sealed record Figure(decimal Numerator, int Denominator, int Waiting, int NotRecorded, decimal? Percent, decimal? Mean, decimal? Median, bool? TargetMet)
{
    /// <summary>The fewest cases of which a percentage is given.</summary>
    public const int FewestForPercent = 10;

    /// <summary>The figure that tallies of one measure and period make.</summary>
    public static Figure Of(Definition about, IReadOnlyCollection<Tally> tallies)
    {
        var counted = tallies.Where(t => t.Standing is { Counted: true, Recorded: true }).ToList();
        var waiting = tallies.Where(t => !t.Standing.Counted).Sum(t => t.Cases);
        var unknown = tallies.Where(t => t.Standing is { Counted: true, Recorded: false }).Sum(t => t.Cases);
        return about.Unit switch
        {
            MeasureUnit.Share => Share(about, counted, waiting, unknown),
            MeasureUnit.Number => new(counted.Sum(t => t.Cases), counted.Sum(t => t.Cases), waiting, unknown, null, null, null, null),
            _ => Length(about, counted, waiting, unknown),
        };
    }

    private static Figure Share(Definition about, List<Tally> counted, int waiting, int unknown)
    {
        var hits = counted.Where(t => t.Standing.Hit is true).Sum(t => t.Cases);
        var of = about.Counting is Counting.OnItsDate ? counted.Sum(t => t.Cases) : counted.Where(t => t.Standing.Hit is not true).Sum(t => t.Cases);
        return new(
            hits, of, waiting, unknown, of < FewestForPercent ? null : Math.Round(100m * hits / of, 1, MidpointRounding.AwayFromZero), null, null,
            of == 0 || about.Target is not { } target ? null : 100m * hits >= target.Value * of);
    }

    private static Figure Length(Definition about, List<Tally> counted, int waiting, int unknown)
    {
        var unit = about.Unit is MeasureUnit.Weeks ? 7m : 1m;
        var valued = counted.Where(t => t.Standing.Value is not null).OrderBy(t => t.Standing.Value).ToList();
        var of = valued.Sum(t => t.Cases);
        if (of == 0)
        {
            return new(0, 0, waiting, unknown, null, null, null, null);
        }

        var sum = valued.Sum(t => (long)t.Standing.Value!.Value * t.Cases) / unit;
        var mean = Math.Round(sum / of, 2, MidpointRounding.AwayFromZero);
        var median = Math.Round((At(valued, (of - 1) / 2) + At(valued, of / 2)) / 2m / unit, 2, MidpointRounding.AwayFromZero);
        return new(Math.Round(sum, 2, MidpointRounding.AwayFromZero), of, waiting, unknown, null, mean, median, about.Target is { } target ? sum / of <= target.Value : null);
    }

    private static int At(List<Tally> inOrder, int place)
    {
        foreach (var tally in inOrder)
        {
            if ((place -= tally.Cases) < 0)
            {
                return tally.Standing.Value!.Value;
            }
        }

        return 0;
    }
}
