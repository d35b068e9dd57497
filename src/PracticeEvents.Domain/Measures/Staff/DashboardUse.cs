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
        Says = "Weeks from Monday to Sunday of each team manager and head of service in which they opened alerts or a team at least once; "
            + "a week that is not over waits, weeks in which they were away throughout are not counted, nor those before anybody had "
            + "opened anything.",
        Numerator = "managers' weeks with the service opened",
        Denominator = "managers' weeks",
        Source = "St Helens improvement programme, September 2021: the dashboard is used weekly by managers and heads of service, and which managers use it is known",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
        Target = new(100, "St Helens improvement programme, September 2021: weekly"),
    };

    /// <inheritdoc/>
    public IEnumerable<StaffCase> Cases(StaffRecord staff, DateOnly through)
    {
        if (staff.FirstOpened is not { } begun)
        {
            return [];
        }

        // A head of service who manages a team too is counted there.
        var managing = Weeks(staff.Managers, staff, begun, through).ToList();
        var heads = Weeks(staff.Members.Where(m => m.Roles.Contains(Role.HeadOfService)), staff, begun, through)
            .ExceptBy(managing.Select(w => (w.Member.Worker, w.Monday)), w => (w.Member.Worker, w.Monday));
        return managing.Concat(heads).Select(w => StaffMonths.Case(w.Member, w.Monday, w.Monday.AddDays(6), staff.Opened(w.Member.Worker, w.Monday, w.Monday.AddDays(6))));
    }

    private static IEnumerable<(StaffMember Member, DateOnly Monday)> Weeks(IEnumerable<StaffMember> members, StaffRecord staff, DateOnly begun, DateOnly through) =>
        from member in members
        from monday in Mondays(Later(member.From, Monday(begun)), through)
        where !(member.To <= monday.AddDays(6)) && !staff.IsAway(member.Worker, monday, monday.AddDays(6))
        select (member, monday);

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
