namespace PracticeEvents.App.Synthetic;

/// <summary>How long after the fact a worker records it: mostly the same day, for 11 % two days or more later (assumed: 8 to 14
/// %).</summary>
internal sealed class Lateness(Diary diary, SplitMix random)
{
    private const int LatePerMille = 110;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    /// <summary>When something that happened is recorded; never before it happened.</summary>
    public DateTimeOffset RecordedAfter(DateOnly day, DateTimeOffset happened)
    {
        if (!random.Chance(LatePerMille))
        {
            return happened + Soon + TimeSpan.FromMinutes(random.Below(120));
        }

        // Two to eight days later; longer only when the offices are shut then.
        return diary.At(diary.OnOrAfter(day.AddDays(random.Between(2, 8))), random.Between(9 * 60, 17 * 60));
    }
}
