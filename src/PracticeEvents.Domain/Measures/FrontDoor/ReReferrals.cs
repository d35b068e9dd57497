using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Referrals of children who were referred in the twelve months before. The rule <c>re-referral-12m</c> tells the manager of each; this is the percentage.</summary>
public sealed class ReReferrals : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "re-referrals-12m",
        Title = "Re-referrals in 12 months",
        Says = "Referrals of children of whom an earlier referral was received in the 12 months before, by calendar months; "
            + "a second report on the same day is a referral but not a re-referral.",
        Numerator = "referrals within 12 months of an earlier one",
        Denominator = "all referrals",
        Source = "St Helens improvement programme, September 2021; Ofsted Annex A, list 3",
        Unit = MeasureUnit.Share,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        var referrals = history.Of(EventCatalogue.Kind<ReferralReceived>());
        return referrals.Select(r => new MeasuredCase(r.Id, r.On.Date, r.On.Date)
        {
            Hit = referrals.Any(earlier => earlier.On.Date < r.On.Date && r.On.Date <= earlier.On.Date.AddMonths(12)),
        });
    }
}
