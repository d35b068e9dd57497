using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.Domain.Tests.Timescales;

public sealed class CaseTests
{
    public static TheoryData<string> Ids() => [.. CaseTable.All
        .Where(c => c.Id is not "TC099" && RuleFiles.All.Any(r => r.Id == CaseRules.IdOf(c))).Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_date_worked_out_by_hand_comes_out_of_the_rule(string id)
    {
        var row = CaseTable.All.Single(c => c.Id == id);

        var duty = Duty(row);
        var due = duty.Due!.Value;

        Assert.Equal(row.Due, due.ToString());
        Assert.Equal(row.PlanBy ?? duty.PlanBy, duty.PlanBy);
        Assert.Equal(Expected(row), duty.StatusAt(due.LateFrom));
    }

    [Fact]
    public void Every_row_of_the_table_is_run_here_or_below() => Assert.Equal(
        ["TC058", "TC061", "TC099", "TC103"], CaseTable.All.Select(c => c.Id).Except(((IEnumerable<object[]>)Ids()).Select(row => (string)row[0])).Order(StringComparer.Ordinal));

    [Fact]
    public void Twelve_weeks_of_pre_proceedings_end_on_the_date_of_the_table()
    {
        var row = CaseTable.All.Single(c => c.Id is "TC058");

        Assert.Equal(row.Due, new DueDate(new Span(12, SpanUnit.Weeks).From(row.Trigger.Date, RuleFiles.Calendar)).ToString());
    }

    [Fact]
    public void The_twelfth_business_day_counts_the_day_of_issue_as_the_first()
    {
        var row = CaseTable.All.Single(c => c.Id is "TC061");

        Assert.Equal(row.Due, new DueDate(RuleFiles.Calendar.Add(row.Trigger.Date, 12 - 1)).ToString());
    }

    [Fact]
    public void A_reminder_ten_working_days_before_skips_the_early_May_holiday()
    {
        var row = CaseTable.All.Single(c => c.Id is "TC099");
        var duty = Duty(row);

        var reminder = duty.Calendar.Add(duty.Due!.Value.Date, -10);

        Assert.Equal(row.Due, new DueDate(reminder).ToString());
    }

    [Fact]
    public void A_new_placement_supersedes_the_visit_that_was_due_in_the_old_one()
    {
        var row = CaseTable.All.Single(c => c.Id is "TC095");

        var old = Duties(row).Single(o => o.Rule.Id is "cla-visit-6w");

        Assert.Equal(Outcome.Superseded, old.Outcome);
        Assert.Equal("2025-06-12", old.Due.ToString());
    }

    private static Status Expected(Case row) => row.Completed is null ? Status.Overdue : row.InTime ? Status.Done : Status.DoneLate;

    private static Obligation Duty(Case row) =>
        Duties(row).Single(o => o.Rule.Id == CaseRules.IdOf(row) && o.StartedOn.Date == CaseStories.StartOf(row).Date);

    private static IReadOnlyList<Obligation> Duties(Case row) =>
        Obligations.For(History.Of(CaseStories.Of(row).Select(Fact)), CaseRules.BookFor(row));

    // Recorded at noon on its day where the row gives no time.
    private static Fact Fact(PracticeEvent e, int index)
    {
        var recorded = e.On.At ?? London.StartOf(e.On.Date).AddHours(12);
        return new Fact(new Guid(index + 1, 0, 0, new byte[8]), "/case", $"e{index + 1}", e, recorded, recorded);
    }
}
