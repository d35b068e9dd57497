using PracticeEvents.App.Views;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Measuring;

/// <summary>How a case stands in a period.</summary>
/// <param name="Counted">True when it counts; false while it waits.</param>
/// <param name="Hit">Whether it is in the numerator; nothing for lengths, and for what only makes the denominator.</param>
/// <param name="Recorded">False when it cannot be told.</param>
/// <param name="Value">Its length or how many times.</param>
internal readonly record struct CaseStanding(bool Counted, bool? Hit, bool Recorded, int? Value);

/// <summary>Sorts cases into periods, told twice: to the database for what is known now, and of a row for what was known at an earlier instant.</summary>
/// <param name="Where">Which cases of the table <c>m</c> stand in a bucket <c>b</c> at all.</param>
/// <param name="Counted">Whether one counts; <c>day</c> is the last day looked at.</param>
/// <param name="Value">Its value when it counts.</param>
/// <param name="Of">The same of a row.</param>
internal sealed record Sorting(string Where, string Counted, string Value, Func<MeasuredRow, Bucket, DateOnly, CaseStanding?> Of)
{
    // What fell due today and was not done has the rest of the day.
    private static readonly Sorting OnItsDate = new(
        "m.from_on <= b.last and (m.on_date >= b.first or m.on_date is null)",
        "coalesce(m.on_date <= b.last and (not m.at_day_end or m.on_date < d.day), false)",
        "m.value",
        (row, bucket, day) => row.FromOn > bucket.Last || row.OnDate < bucket.First ? null
            : row.OnDate <= bucket.Last && (!row.AtDayEnd || row.OnDate < day) ? new CaseStanding(true, row.Hit, row.NotRecorded is null, row.Value)
            : new CaseStanding(false, null, true, null));

    private static readonly Sorting OnTheLastDay = new(
        "m.from_on <= b.last and (m.on_date > b.last or m.on_date is null)",
        "true",
        "b.last - m.from_on",
        (row, bucket, _) => row.FromOn > bucket.Last || row.OnDate <= bucket.Last ? null
            : new CaseStanding(true, row.Hit, row.NotRecorded is null, bucket.Last.DayNumber - row.FromOn.DayNumber));

    private static readonly Sorting OnTheLastDayBare = OnTheLastDay with
    {
        Value = "null::integer",
        Of = (row, bucket, day) => OnTheLastDay.Of(row, bucket, day) is { } standing ? standing with { Value = null } : null,
    };

    // A month that is not over has no hits yet: its cohort waits.
    private static readonly Sorting EachMonth = new(
        "case when m.hit then m.on_date between b.first and b.last and b.last < d.day else m.from_on <= b.first and (m.on_date >= b.first or m.on_date is null) end",
        "b.last < d.day",
        "null::integer",
        (row, bucket, day) => InMonth(row, bucket, day) ? new CaseStanding(bucket.Last < day, bucket.Last < day ? row.Hit : null, true, null) : null);

    /// <summary>How the cases of a measure are sorted.</summary>
    public static Sorting For(Definition about) => about.Counting switch
    {
        Counting.OnItsDate => OnItsDate,
        Counting.OnTheLastDay => about.Unit is MeasureUnit.Days or MeasureUnit.Weeks ? OnTheLastDay : OnTheLastDayBare,
        Counting.EachMonth => EachMonth,
        _ => throw new ArgumentOutOfRangeException(nameof(about), about.Counting, null),
    };

    /// <summary>The buckets of some periods, none of them after the last day looked at.</summary>
    public static IReadOnlyList<Bucket> Buckets(Definition about, IReadOnlyList<Period> periods, DateOnly day) =>
    [
        .. about.Counting is Counting.EachMonth
            ? periods.SelectMany((p, n) => p.Months().Where(m => m.From == Period.FirstOf(m.From) && m.From <= day)
                .Select(m => new Bucket(n, m.From, m.From.AddMonths(1).AddDays(-1))).Where(b => b.Last <= p.To || b.Last >= day))
            : periods.Select((p, n) => new Bucket(n, p.From, p.To < day ? p.To : day)).Where(b => b.First <= b.Last),
    ];

    private static bool InMonth(MeasuredRow row, Bucket month, DateOnly day) => row.Hit is true
        ? row.OnDate >= month.First && row.OnDate <= month.Last && month.Last < day
        : row.FromOn <= month.First && !(row.OnDate < month.First);
}
