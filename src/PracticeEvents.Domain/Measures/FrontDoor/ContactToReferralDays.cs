using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>How long a contact waits before it is a referral.</summary>
public sealed class ContactToReferralDays : IChildMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "contact-to-referral-days",
        Title = "Days from contact to referral",
        Says = "Calendar days from the last contact before a referral to that referral; "
            + "a contact that was decided and led to no referral is not counted, and a referral without a contact is not recorded.",
        Numerator = "days from contact to referral, added up",
        Denominator = "referrals with a contact before them",
        Source = "Walsall scrutiny panel, July 2013: from 32 to 6.2 days",
        Unit = MeasureUnit.Days,
        Better = Better.Lower,
    };

    /// <inheritdoc/>
    public IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar)
    {
        var contacts = history.Of(EventCatalogue.Kind<ContactReceived>());
        var referrals = history.Of(EventCatalogue.Kind<ReferralReceived>());
        var before = DateOnly.MinValue;
        foreach (var referral in referrals)
        {
            var on = referral.On.Date;
            var open = contacts.Where(c => c.On.Date <= on && c.On.Date >= before).ToList();
            var own = open.LastOrDefault(c => c.Event.Ref is { } told && told == referral.Event.Ref) ?? open.LastOrDefault();
            yield return own is null
                ? new MeasuredCase(referral.Id, on, on) { NotRecorded = "No contact is recorded before the referral." }
                : new MeasuredCase(referral.Id, own.On.Date, on) { Value = on.DayNumber - own.On.Date.DayNumber };
            before = on.AddDays(1);
        }

        var decisions = history.Of(EventCatalogue.Kind<ContactDecided>());
        var closings = history.Of(EventCatalogue.Kind<CaseClosed>());
        foreach (var waiting in contacts.Where(c => c.On.Date >= before && !decisions.Concat(closings).Any(d => d.On.Date >= c.On.Date)))
        {
            yield return new MeasuredCase(waiting.Id, waiting.On.Date, null);
        }
    }
}
