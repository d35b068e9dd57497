using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.Domain.Tests.Measures.Measure;

namespace PracticeEvents.Domain.Tests.Measures;

public sealed class Front_door_measures
{
    private static readonly PracticeEvent[] LateByOneClock =
    [
        new ReferralReceived { Child = Child, On = On("2023-03-20"), Ref = "r1" },
        new ReferralDecided { Child = Child, On = On("2023-03-21"), Ref = "r1", Outcome = ReferralOutcome.Assessment },
        new AssessmentStarted { Child = Child, On = On("2023-03-22"), Ref = "a1" },
        new AssessmentSignedOff { Child = Child, On = On("2023-05-30"), Ref = "a1" },
    ];

    [Fact]
    public void An_assessment_signed_off_after_the_spring_holiday_is_late_from_the_referral_on_the_day_its_time_ran_out() =>
        Assert.Equal(["2023-03-20 to 2023-05-26 no"], Cases("assessments-45wd-from-referral", LateByOneClock));

    [Fact]
    public void The_same_assessment_is_in_time_from_its_start() =>
        Assert.Equal(["2023-03-22 to 2023-05-30 yes"], Cases("assessments-45wd-from-start", LateByOneClock));

    [Fact]
    public void An_assessment_whose_referral_is_not_recorded_is_not_counted_as_late() =>
        Assert.Equal(["2023-03-22 to 2023-05-30 not recorded"], Cases("assessments-45wd-from-referral", LateByOneClock[2..]));

    [Fact]
    public void An_assessment_that_nobody_signs_off_counts_once_its_time_has_run_out() =>
        Assert.Equal(["2023-03-22 to 2023-05-31 no"], Cases("assessments-45wd-from-start", LateByOneClock[..3]));

    [Fact]
    public void Days_from_contact_to_referral_count_from_the_last_contact_before_it() => Assert.Equal(
        ["2026-02-20 to 2026-02-26 6", "2026-05-05 to open"],
        Cases(
            "contact-to-referral-days",
            new ContactReceived { Child = Child, On = On("2026-01-05") },
            new ContactDecided { Child = Child, On = On("2026-01-06") },
            new ContactReceived { Child = Child, On = On("2026-02-20") },
            new ReferralReceived { Child = Child, On = On("2026-02-26") },
            new ContactReceived { Child = Child, On = On("2026-05-05") }));

    [Fact]
    public void A_referral_without_a_contact_is_not_recorded() => Assert.Equal(
        ["2026-02-26 to 2026-02-26 not recorded"], Cases("contact-to-referral-days", new ReferralReceived { Child = Child, On = On("2026-02-26") }));

    [Fact]
    public void Days_from_referral_to_start_leave_out_referrals_that_led_to_none() => Assert.Equal(
        ["2026-02-02 to 2026-02-04 2", "2026-06-01 to open"],
        Cases(
            "referral-to-assessment-start",
            new ReferralReceived { Child = Child, On = On("2026-02-02") },
            new AssessmentStarted { Child = Child, On = On("2026-02-04") },
            new ReferralReceived { Child = Child, On = On("2026-03-02") },
            new ReferralDecided { Child = Child, On = On("2026-03-03"), Outcome = ReferralOutcome.NoFurtherAction },
            new ReferralReceived { Child = Child, On = On("2026-06-01") },
            new ReferralDecided { Child = Child, On = On("2026-06-02"), Outcome = ReferralOutcome.Assessment }));

    [Fact]
    public void A_referral_on_the_same_day_a_year_later_is_a_re_referral_and_one_a_day_after_that_is_not() => Assert.Equal(
        ["2023-03-01 to 2023-03-01 no", "2024-03-01 to 2024-03-01 yes", "2025-03-02 to 2025-03-02 no"],
        Cases(
            "re-referrals-12m",
            new ReferralReceived { Child = Child, On = On("2023-03-01") },
            new ReferralReceived { Child = Child, On = On("2024-03-01") },
            new ReferralReceived { Child = Child, On = On("2025-03-02") }));

    [Fact]
    public void Returns_before_sign_off_are_counted_for_the_assessment_that_went_back() => Assert.Equal(
        ["2026-02-02 to 2026-03-02 2", "2026-02-03 to open"],
        Cases(
            "rework-before-sign-off",
            new AssessmentStarted { Child = Child, On = On("2026-02-02"), Ref = "a1" },
            new AssessmentStarted { Child = Child, On = On("2026-02-03"), Ref = "a2" },
            new AssessmentReturned { Child = Child, On = On("2026-02-16"), Ref = "a1" },
            new AssessmentReturned { Child = Child, On = On("2026-02-17"), Ref = "a2" },
            new AssessmentReturned { Child = Child, On = On("2026-02-23"), Ref = "a1" },
            new AssessmentSignedOff { Child = Child, On = On("2026-03-02"), Ref = "a1" }));
}
