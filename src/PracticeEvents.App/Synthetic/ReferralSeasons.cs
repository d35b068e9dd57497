namespace PracticeEvents.App.Synthetic;

/// <summary>Spreads first referrals over the working days of a span, fewer in April, August and December as in the national
/// figures.</summary>
internal sealed class ReferralSeasons
{
    // Referrals by month, in thousands, from January. April, June, August and December are the year to March 2024; the others are assumed.
    private static readonly int[] Thousands = [54, 53, 56, 43, 56, 59, 57, 44, 52, 56, 57, 45];
    private readonly List<DateOnly> days = [];
    private readonly List<int> upTo = [];

    /// <summary>Seasons over a span of days.</summary>
    public ReferralSeasons(Diary diary, DateOnly from, DateOnly to)
    {
        var total = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (diary.IsWorking(day))
            {
                days.Add(day);
                upTo.Add(total += Thousands[day.Month - 1]);
            }
        }
    }

    /// <summary>The day of a referral, by its place among all of them.</summary>
    /// <param name="share">From 0 up to, not including, <see cref="Bands.Whole"/>.</param>
    public DateOnly DayAt(int share)
    {
        var wanted = (int)((long)share * upTo[^1] / Bands.Whole) + 1;
        var found = upTo.BinarySearch(wanted);
        return days[found >= 0 ? found : ~found];
    }
}
