namespace PracticeEvents.Domain.Measures;

/// <summary>Whether newly qualified social workers have the supervision that their first year promises.</summary>
public sealed class AsyeSupervision : IStaffMeasure
{
    private const int WeeklyFor = 6;

    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "asye-supervision",
        Title = "Supervision in the assessed and supported year",
        Says = "Stretches of the first year of newly qualified social workers in which supervision was held: every week for 6 weeks, "
            + "every fortnight to 6 months, then every month; a stretch that is not over waits, and a worker of whom no first day of that "
            + "year is recorded is not counted.",
        Numerator = "stretches with supervision",
        Denominator = "stretches of the year",
        Source = "ASYE framework, from knowledge of the subject: check before relying on it",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
    };

    /// <inheritdoc/>
    public IEnumerable<StaffCase> Cases(StaffRecord staff, DateOnly through) =>
        from member in staff.Members
        where member.AsyeFrom is not null
        from stretch in Stretches(member.AsyeFrom!.Value)
        where stretch.First <= through && !(member.To <= stretch.Last) && !staff.IsAway(member.Worker, stretch.First, stretch.Last)
        select StaffMonths.Case(member, stretch.First, stretch.Last, staff.Supervised(member.Worker, stretch.First, stretch.Last) > 0);

    // The last fortnight is as long as is left of the six months.
    private static IEnumerable<(DateOnly First, DateOnly Last)> Stretches(DateOnly start)
    {
        var (half, end) = (start.AddMonths(6), start.AddYears(1));
        var first = start;
        for (var week = 0; week < WeeklyFor; week++, first = first.AddDays(7))
        {
            yield return (first, first.AddDays(6));
        }

        for (; first < half; first = first.AddDays(14))
        {
            yield return (first, Earlier(first.AddDays(13), half.AddDays(-1)));
        }

        for (var month = 6; month < 12; month++)
        {
            yield return (start.AddMonths(month), Earlier(start.AddMonths(month + 1), end).AddDays(-1));
        }
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
