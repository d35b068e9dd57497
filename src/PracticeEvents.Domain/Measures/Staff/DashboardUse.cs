using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Measures;

/// <summary>Whether managers look at what keeps work from drifting, week by week.</summary>
public sealed class DashboardUse : IStaffMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "dashboard-use",
        Title = "Managers who used the service in the week",
        Says = "Weeks from Monday to Sunday of each team manager and head of service in which they opened alerts or a team at least once; a week that is not over waits, weeks in which they were away throughout are not counted, nor those before anybody had opened anything.",
        Numerator = "managers' weeks with the service opened",
        Denominator = "managers' weeks",
        Source = "St Helens improvement programme, September 2021: the dashboard is used weekly by managers and heads of service, and which managers use it is known",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Target = new(100, "St Helens improvement programme, September 2021: weekly"),
    };

    /// <inheritdoc/>
    public IEnumerable<StaffCase> Cases(StaffRecord staff, DateOnly through) =>
        from begun in new[] { staff.FirstOpened }
        where begun is not null
        from manager in staff.Managers.Concat(staff.Members.Where(m => m.Roles.Contains(Role.HeadOfService)))
        from monday in Mondays(Later(manager.From, Monday(begun!.Value)), through)
        let sunday = monday.AddDays(6)
        where !(manager.To <= sunday) && !staff.IsAway(manager.Worker, monday, sunday)
        select StaffMonths.Case(manager, monday, sunday, staff.Opened(manager.Worker, monday, sunday));

    // Of whole weeks only.
    private static IEnumerable<DateOnly> Mondays(DateOnly from, DateOnly through)
    {
        for (var monday = Monday(from) is var first && first < from ? first.AddDays(7) : first; monday <= through; monday = monday.AddDays(7))
        {
            yield return monday;
        }
    }

    private static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
