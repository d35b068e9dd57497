using PracticeEvents.App.Views;

namespace PracticeEvents.App.Measuring;

/// <summary>One case as it stands in one period.</summary>
internal sealed record Standing(string Measure, int Period, DateOnly First, string Child, Guid Occurrence, string Part, string? Team, CaseStanding Is)
{
    /// <summary>Which case it is, and where.</summary>
    public (string, int, DateOnly, string, Guid, string) Key => (Measure, Period, First, Child, Occurrence, Part);
}

/// <summary>Rows sorted into the periods asked for.</summary>
internal sealed record Sorted(IReadOnlyList<Standing> Standings, IReadOnlyList<Tally> Tallies)
{
    /// <summary>Sorts rows.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="rows">The rows of all its measures.</param>
    /// <param name="day">The last day looked at.</param>
    /// <param name="team">A row's team.</param>
    public static Sorted Of(Asked asked, IReadOnlyList<MeasuredRow> rows, DateOnly day, Func<MeasuredRow, string?> team)
    {
        var about = asked.Measures.ToDictionary(m => m.About.Id, m => m.About, StringComparer.Ordinal);
        var standings =
            (from row in rows
             let definition = about[row.Measure]
             let sorting = Sorting.For(definition)
             from bucket in Sorting.Buckets(definition, asked.Periods, day)
             let standing = sorting.Of(row, bucket, day)
             where standing is not null
             select new Standing(row.Measure, bucket.Period, bucket.First, row.Child, row.Occurrence, row.Part, team(row), standing.Value)).ToList();
        return new Sorted(
            standings,
            [.. standings.CountBy(s => (s.Measure, s.Period, s.Team, s.Is))
                .Select(t => new Tally(t.Key.Measure, t.Key.Period, t.Key.Team, t.Key.Is, t.Value))]);
    }
}
