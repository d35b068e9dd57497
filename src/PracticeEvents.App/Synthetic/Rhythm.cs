namespace PracticeEvents.App.Synthetic;

/// <summary>Work that comes round again and again: how many days apart, and how often it is late.</summary>
/// <param name="Soonest">Fewest days between two.</param>
/// <param name="Latest">Most days between two when it is on time.</param>
/// <param name="LatePerMille">How many of a thousand come after that; four times as many where practice drifts.</param>
internal readonly record struct Rhythm(int Soonest, int Latest, int LatePerMille)
{
    private const int DriftFactor = 4;

    /// <summary>The working days on which it happens after a day, up to an end and never in the future.</summary>
    public IEnumerable<DateOnly> Days(Casework work, DateOnly after, DateOnly to)
    {
        for (var day = Next(work, after); day <= to && work.Past(day); day = Next(work, day))
        {
            yield return day;
        }
    }

    /// <summary>The next working day on which it happens.</summary>
    public DateOnly Next(Casework work, DateOnly day)
    {
        var late = work.Random.Chance(work.Episode.Drifts ? LatePerMille * DriftFactor : LatePerMille);
        var gap = late ? work.Random.Between(Latest + 1, Latest + Math.Max(2, Latest * 3 / 4)) : work.Random.Between(Soonest, Latest);
        var next = work.Diary.OnOrBefore(day.AddDays(gap));
        return next > day ? next : work.Diary.After(day, 1);
    }
}
