using System.Globalization;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads section 47 enquiries, initial conferences, child protection plans and their reviews of a census episode.</summary>
internal static class CinProtection
{
    private static readonly string[] ConferenceNames = ["DateOfInitialCPC", "DateOfInitialICPC"];

    /// <summary>Takes every fact of the episode's child protection.</summary>
    public static void Read(CinReading reading, CinElement details, string episode)
    {
        var planStarts = details.All("ChildProtectionPlans").SelectMany(p => p.All("CPPstartDate"))
            .Select(d => CinReading.DateOf(d.Text)).Where(d => d is not null).ToHashSet();
        var conferences = new HashSet<DateOnly>();
        foreach (var enquiry in details.All("Section47"))
        {
            ReadEnquiry(reading, enquiry, episode, planStarts, conferences);
        }

        ReadTransferIn(reading, details, episode, planStarts, conferences);
        foreach (var plan in details.All("ChildProtectionPlans"))
        {
            ReadPlan(reading, plan, episode);
        }
    }

    private static void ReadEnquiry(CinReading reading, CinElement enquiry, string episode, HashSet<DateOnly?> planStarts, HashSet<DateOnly> conferences)
    {
        var key = reading.UniqueItem(episode, "section-47", enquiry, "S47ActualStartDate");
        reading.Only("s47-start", enquiry, $"{key}/started",
            on => new StrategyDiscussionHeld { Child = reading.Child, On = on, Ref = key, StartsEnquiry = true }, "S47ActualStartDate");
        if (reading.Only("ICPC@S47", enquiry, $"{key}/conference",
            on => Conference(reading, on, key, planStarts, transferIn: false), ConferenceNames) is { } held)
        {
            conferences.Add(held);
        }

        // The generated files say the opposite of the official ones: required, and not "not required".
        ReadConclusion(reading, enquiry, key, "ICPCnotRequired", notRequired: true);
        ReadConclusion(reading, enquiry, key, "ICPCRequired", notRequired: false);
    }

    // The census does not date the conclusion. That no conference is needed ends the duty all the same: the enquiry's own start stands for it.
    private static void ReadConclusion(CinReading reading, CinElement enquiry, string key, string element, bool notRequired)
    {
        const string Name = "s47-no-conference";
        foreach (var flag in enquiry.All(element).Where(f => f.Text.Length > 0))
        {
            var start = enquiry.All("S47ActualStartDate").FirstOrDefault(e => e.Text.Length > 0);
            switch (CinReading.FlagOf(flag.Text))
            {
                case null:
                    reading.Refuse(Name, flag.Path, "It is neither true nor false.");
                    break;
                case { } said when said == notRequired && start is null:
                    reading.Refuse(Name, flag.Path, "The enquiry that it concludes has no start date.");
                    break;
                case { } said when said == notRequired:
                    reading.Fact(Name, start! with { Path = flag.Path }, $"{key}/concluded", on => new Section47Concluded
                    {
                        Child = reading.Child,
                        On = on,
                        Ref = key,
                        Outcome = EnquiryOutcome.NoConference,
                    });
                    break;
            }
        }
    }

    // A conference beside the referral, and not beside an enquiry, is one for a child who moved in with a plan. With both, it is one conference.
    private static void ReadTransferIn(CinReading reading, CinElement details, string episode, HashSet<DateOnly?> planStarts, HashSet<DateOnly> conferences)
    {
        const string Name = "ICPC@CINdetails";
        if (conferences.Count == 0)
        {
            reading.Only(Name, details, $"{episode}/conference",
                on => Conference(reading, on, episode, planStarts, transferIn: true), ConferenceNames);
            return;
        }

        foreach (var second in details.All(ConferenceNames).Where(c => c.Text.Length > 0))
        {
            if (CinReading.DateOf(second.Text) is { } date && conferences.Contains(date))
            {
                reading.Counts.Unchanged(Name);
                reading.Note(second.Path, "The same conference is given beside the referral and beside the enquiry; it is taken once.");
            }
            else
            {
                reading.Refuse(Name, second.Path, "Conferences are given beside the referral and beside the enquiry on different dates; the one beside the enquiry is taken.");
            }
        }
    }

    private static InitialConferenceHeld Conference(CinReading reading, Happened on, string reference, HashSet<DateOnly?> planStarts, bool transferIn) => new()
    {
        Child = reading.Child,
        On = on,
        Ref = reference,
        TransferIn = transferIn,
        Outcome = planStarts.Contains(on.Date) ? ConferenceOutcome.Plan : ConferenceOutcome.NoPlan,
    };

    private static void ReadPlan(CinReading reading, CinElement plan, string episode)
    {
        var key = reading.UniqueItem(episode, "child-protection-plan", plan, "CPPstartDate");
        var child = reading.Child;
        var category = plan.TextOf("InitialCategoryOfAbuse");
        var started = reading.Only("cpp-start", plan, $"{key}/started",
            on => new ChildProtectionPlanStarted { Child = child, On = on, Ref = key, Category = category }, "CPPstartDate");
        var endDate = CinReading.DateOf(plan.TextOf("CPPendDate"));
        foreach (var review in plan.All("Reviews").SelectMany(r => r.All("CPPreviewDate")).Concat(plan.All("CPPreviewDate")))
        {
            var reviewKey = reading.Unique($"{key}/reviewed-{CinReading.DateOf(review.Text)?.ToString("O", CultureInfo.InvariantCulture)}");
            var held = reading.Fact("cpp-review", review, reviewKey, on => new ReviewConferenceHeld
            {
                Child = child,
                On = on,
                Ref = key,
                Outcome = on.Date == endDate ? ReviewConferenceOutcome.End : ReviewConferenceOutcome.Continue,
            });
            if (held <= started)
            {
                reading.Note(review.Path, "The review was held on or before the day the plan started.");
            }
        }

        var ended = reading.Only("cpp-end", plan, $"{key}/ended",
            on => new ChildProtectionPlanEnded { Child = child, On = on, Ref = key }, "CPPendDate");
        if (ended < started)
        {
            reading.Note(plan.Path, "The child protection plan ended before it started.");
        }

        if (plan.TextOf("LatestCategoryOfAbuse") is { } latest && category is not null && latest != category)
        {
            reading.Note(plan.Path, "The category of abuse changed; the census does not say when, so no change is recorded.");
        }
    }
}
