namespace PracticeEvents.Domain.Measures;

/// <summary>Whether heads of service look at samples of their managers' oversight.</summary>
public sealed class HeadsDipSamples : IStaffMeasure
{
    private const int Fewest = 3;

    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "hos-dip-sample",
        Title = "Dip samples of managers' oversight",
        Says = "Whole months of each team manager in which a head of service looked at 3 samples of their oversight or more; "
            + "fewer than 3 is not enough, a month that is not over waits, and one in which the manager changed is not counted.",
        Numerator = "managers' months with 3 samples or more",
        Denominator = "managers' months",
        Source = "St Helens improvement programme, September 2021: at least 3 for each team manager, monthly",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Target = new(100, "St Helens improvement programme, September 2021: every team manager"),
    };

    /// <inheritdoc/>
    public IEnumerable<StaffCase> Cases(StaffRecord staff, DateOnly through) =>
        from manager in staff.Managers
        from month in StaffMonths.Of(manager, through)
        select StaffMonths.Case(manager, month.First, month.Last, staff.Sampled(manager.Worker, month.First, month.Last) >= Fewest);
}
