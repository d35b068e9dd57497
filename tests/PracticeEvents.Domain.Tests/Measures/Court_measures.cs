using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Measures;
using PracticeEvents.Domain.Tests.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;
using static PracticeEvents.Domain.Tests.Measures.Measure;

namespace PracticeEvents.Domain.Tests.Measures;

public sealed class Court_measures
{
    [Fact]
    public void Three_that_ended_after_70_119_and_168_days_lasted_17_weeks_on_average()
    {
        PracticeEvent[] story =
        [
            new PreProceedingsStarted { Child = Child, On = On("2025-01-01") }, new PreProceedingsEnded { Child = Child, On = On("2025-03-12") },
            new PreProceedingsStarted { Child = Child, On = On("2025-04-01") }, new PreProceedingsEnded { Child = Child, On = On("2025-07-29") },
            new PreProceedingsStarted { Child = Child, On = On("2025-08-01") }, new ProceedingsIssued { Child = Child, On = On("2026-01-16") },
        ];
        var cases = ((IChildMeasure)MeasureCatalogue.Find("pre-proceedings-12w-kpi")!).Cases(History.Of(Told(story)), [], RuleFiles.Calendar).Select(c => c.Value!.Value).ToList();

        Assert.Equal([70, 119, 168], cases);
        Assert.Equal(17.00, cases.Average() / 7);
    }

    [Fact]
    public void Pre_proceedings_that_run_are_measured_apart_from_those_that_ended() => Assert.Equal(
        ["2025-01-01 to open"], Cases("pre-proceedings-weeks-open", new LetterBeforeProceedingsSent { Child = Child, On = On("2025-01-01") }));

    [Fact]
    public void An_audit_counts_once_a_month_and_for_a_child_who_was_there_on_the_first() => Assert.Equal(
        ["2026-01-12 to 2026-03-20", "2026-02-10 to 2026-02-10 yes", "2026-03-02 to 2026-03-02 yes"],
        Cases(
            "pre-pro-audit-50",
            new PreProceedingsStarted { Child = Child, On = On("2026-01-12") },
            new PloAuditCompleted { Child = Child, On = On("2026-01-20") },
            new PloAuditCompleted { Child = Child, On = On("2026-02-10") },
            new PloAuditCompleted { Child = Child, On = On("2026-02-24") },
            new PloAuditCompleted { Child = Child, On = On("2026-03-02") },
            new PreProceedingsEnded { Child = Child, On = On("2026-03-20") }));

    [Fact]
    public void Pre_proceedings_that_end_without_an_audit_are_missed() => Assert.Equal(
        ["2026-01-12 to 2026-03-20 no"],
        Cases("pre-pro-audited-once", new PreProceedingsStarted { Child = Child, On = On("2026-01-12") }, new PreProceedingsEnded { Child = Child, On = On("2026-03-20") }));

    [Fact]
    public void Proceedings_are_over_26_weeks_on_the_day_after_the_period_that_begins_with_their_issue() => Assert.Equal(
        ["2026-01-05 to open", "2026-07-06 to open yes"], Cases("proceedings-over-26-weeks", new ProceedingsIssued { Child = Child, On = On("2026-01-05") }));

    [Fact]
    public void Proceedings_concluded_on_the_last_day_of_the_26_weeks_are_in_time() => Assert.Equal(
        ["2026-01-05 to 2026-07-05 yes"],
        Cases(
            "proceedings-in-26-weeks",
            new ProceedingsIssued { Child = Child, On = On("2026-01-05"), Ref = "x" },
            new ProceedingsConcluded { Child = Child, On = On("2026-07-05"), Ref = "x" }));

    [Fact]
    public void A_child_placed_with_a_parent_is_listed_while_proceedings_run() => Assert.Equal(
        ["2026-03-02 to 2026-05-11"],
        Cases(
            "placed-with-parents-monitoring",
            new BecameLookedAfter { Child = Child, On = On("2026-02-02"), LegalStatus = "ico" },
            new PlacementStarted { Child = Child, On = On("2026-02-09"), WithParent = true },
            new ProceedingsIssued { Child = Child, On = On("2026-03-02") },
            new PlacementStarted { Child = Child, On = On("2026-05-11") },
            new ProceedingsConcluded { Child = Child, On = On("2026-08-03") }));

    [Fact]
    public void A_message_raised_before_easter_may_be_read_until_the_tuesday() =>
        Assert.Equal("2026-04-02 to 2026-04-07 yes", Alert(read: new DateOnly(2026, 4, 7)));

    [Fact]
    public void A_message_read_after_its_working_day_counts_on_the_day_that_ran_out() =>
        Assert.Equal("2026-04-02 to 2026-04-07 no", Alert(read: new DateOnly(2026, 4, 8)));

    private static string Alert(DateOnly read)
    {
        var raised = new AlertRaised
        {
            Alert = "a1",
            Child = Child,
            Rule = "gateway-notify-now",
            Occurrence = "o1",
            Stage = AlertStage.ToKnow,
            Role = Role.Iro,
            To = "iro1",
            Due = On("2026-04-02"),
            Because = [],
            On = On("2026-04-02"),
        };
        var settled = new AlertSettled { Alert = "a1", By = "iro1", Because = ["Read by iro1"], On = new(read) };
        var measure = (IAlertMeasure)MeasureCatalogue.Find("to-know-alerts-acknowledged")!;
        return Words(measure.Case(Told(raised, settled), RuleFiles.Calendar)!);
    }
}
