using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads section 47 enquiries, conferences and child protection plans of a DfE payload.</summary>
internal static class DfeCscProtection
{
    private const string ConferenceField = "icpc_date";

    /// <summary>Says every fact of an episode's child protection.</summary>
    public static void Read(DfeItem episode)
    {
        var child = episode.Reading.Child;
        foreach (var plan in episode.Items("child_protection_plans", "child_protection_plan", "child_protection_plan_id"))
        {
            plan.Say("start_date", new ChildProtectionPlanStarted { Child = child, On = plan.Date("start_date"), Ref = plan.Ref });
            plan.Say("end_date", new ChildProtectionPlanEnded { Child = child, On = plan.Date("end_date"), Ref = plan.Ref });
        }

        foreach (var enquiry in episode.Items("section_47_assessments", "section_47", "section_47_assessment_id"))
        {
            var started = enquiry.Date("start_date");
            enquiry.Say("start_date", new StrategyDiscussionHeld { Child = child, On = started, Ref = enquiry.Ref, StartsEnquiry = true });
            ReadConclusion(enquiry, started);
            ReadConference(enquiry);
        }
    }

    /// <summary>
    /// The feed dates conferences but does not say what they decided: a plan that starts on the day of the conference says it. So when a
    /// plan arrives, goes or moves later, the outcome of a conference known before is corrected.
    /// </summary>
    public static void SettleConferences(DfeReading reading)
    {
        var planStarts = reading.Differences.Live.Select(f => f.Value).OfType<ChildProtectionPlanStarted>().Select(p => p.On.Date).ToHashSet();
        var conferences = reading.Differences.Live.Where(f => f.Value is InitialConferenceHeld).ToList();
        foreach (var (key, held) in conferences.Select(f => (f.Key, (InitialConferenceHeld)f.Value)))
        {
            var outcome = planStarts.Contains(held.On.Date) ? ConferenceOutcome.Plan : ConferenceOutcome.NoPlan;
            if (outcome != held.Outcome)
            {
                reading.Differences.Say(key, held with { Outcome = outcome });
            }
        }
    }

    private static void ReadConference(DfeItem enquiry)
    {
        var held = enquiry.Date(ConferenceField);
        if (held.Date == default)
        {
            return;
        }

        enquiry.Say(ConferenceField, new InitialConferenceHeld
        {
            Child = enquiry.Reading.Child,
            On = held,
            Ref = enquiry.Ref,
            Outcome = OutcomeOn(enquiry.Reading, held.Date),
        });
    }

    private static ConferenceOutcome OutcomeOn(DfeReading reading, DateOnly date) =>
        reading.Differences.Live.Any(f => f.Value is ChildProtectionPlanStarted p && p.On.Date == date) ? ConferenceOutcome.Plan : ConferenceOutcome.NoPlan;

    private static void ReadConclusion(DfeItem enquiry, Happened started)
    {
        const string Field = "icpc_required_flag";
        var ended = enquiry.Date("end_date");
        var known = enquiry.Known(Field) as Section47Concluded;
        var outcome = enquiry.Flag(Field) switch
        {
            true => EnquiryOutcome.Conference,
            false => EnquiryOutcome.NoConference,
            null => known?.Outcome ?? (enquiry.Known(ConferenceField) is not null ? EnquiryOutcome.Conference : null),
        };
        if (enquiry.Flag(Field) is true && ended.Date == default && known?.Outcome is EnquiryOutcome.NoConference)
        {
            enquiry.TakeBack(Field);
            return;
        }

        // That no conference is needed ends the duty whether or not the feed says on which day: until it does, the enquiry's own start stands for it.
        var on = ended.Date != default ? ended
            : outcome is EnquiryOutcome.NoConference ? known?.On ?? Start(enquiry, started)
            : default;
        if (outcome is { } decided)
        {
            enquiry.Say(Field, new Section47Concluded { Child = enquiry.Reading.Child, On = on, Ref = enquiry.Ref, Outcome = decided });
        }
    }

    private static Happened Start(DfeItem enquiry, Happened started) =>
        started.Date != default ? started : enquiry.Known("start_date")?.On ?? default;
}
