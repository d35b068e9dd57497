using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Measures;

/// <summary>Whether staff who work with children have supervision every month.</summary>
public sealed class SupervisionHeldMonthly : IStaffMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "supervision-staff-monthly",
        Title = "Staff supervision held each month",
        Says = "Whole months in post of social workers, advanced practitioners and personal advisers in which supervision was held at "
            + "least once; a month that is not over waits, and months in which the worker was away throughout are not counted.",
        Numerator = "months with supervision",
        Denominator = "months in post",
        Source = "Walsall scrutiny panel, July 2013: 81% in the year, 85% in January, 87% in April",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
    };

    /// <inheritdoc/>
    public IEnumerable<StaffCase> Cases(StaffRecord staff, DateOnly through) =>
        from member in staff.Members
        where member.Roles.Any(r => r is Role.SocialWorker or Role.AdvancedPractitioner or Role.PersonalAdviser)
        from month in StaffMonths.Of(member, through)
        where !staff.IsAway(member.Worker, month.First, month.Last)
        select StaffMonths.Case(member, month.First, month.Last, staff.Supervised(member.Worker, month.First, month.Last) > 0);
}
