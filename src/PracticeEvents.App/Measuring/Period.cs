namespace PracticeEvents.App.Measuring;

/// <summary>London dates between which a figure is asked for, both counted.</summary>
internal readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>The months that it touches, the first and last cut to it.</summary>
    public IReadOnlyList<Period> Months()
    {
        var months = new List<Period>();
        for (var first = From; first <= To; first = FirstOf(first).AddMonths(1))
        {
            var last = FirstOf(first).AddMonths(1).AddDays(-1);
            months.Add(new Period(first, last < To ? last : To));
        }

        return months;
    }

    /// <summary>The first day of a date's month.</summary>
    public static DateOnly FirstOf(DateOnly date) => date.AddDays(1 - date.Day);
}

/// <summary>One stretch for which cases are sorted: a period, or a whole month of it.</summary>
/// <param name="Period">Which of the periods asked for it belongs to.</param>
/// <param name="First">First day.</param>
/// <param name="Last">Last day.</param>
internal readonly record struct Bucket(int Period, DateOnly First, DateOnly Last);
