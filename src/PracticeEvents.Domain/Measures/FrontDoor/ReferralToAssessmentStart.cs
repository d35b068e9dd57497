using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>How long a referral waits before its assessment starts.</summary>
public sealed class ReferralToAssessmentStart : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "referral-to-assessment-start",
        Title = "Days from referral to start of assessment",
        Says = "Calendar days from a referral to the start of the assessment that followed it; "
            + "a referral that led to no assessment is not counted, and one that is to be assessed waits until the start.",
        Numerator = "days from referral to start, added up",
        Denominator = "assessments that started after a referral",
        Source = "Walsall scrutiny panel, July 2013: from 1.66 to 0.86 days",
        Unit = MeasureUnit.Days,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        var referrals = history.Of(EventCatalogue.Kind<ReferralReceived>());
        var starts = history.Of(EventCatalogue.Kind<AssessmentStarted>());
        for (var i = 0; i < referrals.Count; i++)
        {
            var from = referrals[i].On.Date;
            var next = i + 1 < referrals.Count ? referrals[i + 1].On.Date : DateOnly.MaxValue;
            if (starts.FirstOrDefault(s => s.On.Date >= from && s.On.Date < next) is { } start)
            {
                yield return new MeasuredCase(referrals[i].Id, from, start.On.Date) { Value = start.On.Date.DayNumber - from.DayNumber };
            }
            else if (next == DateOnly.MaxValue && Decision(history, from) is ReferralOutcome.Assessment)
            {
                yield return new MeasuredCase(referrals[i].Id, from, null);
            }
        }
    }

    // The closing of the case ends the wait as a decision to do nothing further does.
    private static ReferralOutcome? Decision(History history, DateOnly from) =>
        history.Of(EventCatalogue.Kind<CaseClosed>()).Any(c => c.On.Date >= from) ? ReferralOutcome.NoFurtherAction
        : (history.Of(EventCatalogue.Kind<ReferralDecided>()).LastOrDefault(d => d.On.Date >= from)?.Event as ReferralDecided)?.Outcome;
}
