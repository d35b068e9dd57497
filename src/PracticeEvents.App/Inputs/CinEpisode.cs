using System.Globalization;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads one <c>CINdetails</c> of a census child: referral, assessments, child in need plans, closure; the rest is in its own files.</summary>
internal static class CinEpisode
{
    /// <summary>Takes every fact of the episode.</summary>
    public static void Read(CinReading reading, CinElement details)
    {
        var referral = details.All("CINreferralDate").FirstOrDefault(e => e.Text.Length > 0);
        var key = reading.Unique(CinReading.DateOf(referral?.Text)?.ToString("O", CultureInfo.InvariantCulture) ?? "undated");
        DateOnly? referred = null;
        if (referral is null)
        {
            reading.Note(details.Path, "The episode has no referral date.");
        }
        else
        {
            referred = reading.Fact("referrals", referral, $"{key}/referral", on => new ReferralReceived
            {
                Child = reading.Child,
                On = on,
                Ref = key,
                ReferrerType = details.TextOf("ReferralSource"),
            });
        }

        ReadDecision(reading, details, referral, key);
        foreach (var assessment in details.All("Assessments"))
        {
            ReadAssessment(reading, assessment, key);
        }

        foreach (var plan in details.All("CINPlanDates"))
        {
            ReadPlan(reading, plan, key);
        }

        CinProtection.Read(reading, details, key);
        CinPreProceedings.Read(reading, details, key);
        ReadClosure(reading, details, referred, key);
    }

    // Only a true flag is a decision; the census does not date it, so the referral's own date stands for it.
    private static void ReadDecision(CinReading reading, CinElement details, CinElement? referral, string key)
    {
        const string Name = "referral-NFA";
        foreach (var flag in details.All("ReferralNFA").Where(f => f.Text.Length > 0))
        {
            switch (CinReading.FlagOf(flag.Text))
            {
                case null:
                    reading.Refuse(Name, flag.Path, "It is neither true nor false.");
                    break;
                case true when referral is null:
                    reading.Refuse(Name, flag.Path, "The referral that it decides has no date.");
                    break;
                case true:
                    reading.Fact(Name, referral with { Path = flag.Path }, $"{key}/decided", on => new ReferralDecided
                    {
                        Child = reading.Child,
                        On = on,
                        Ref = key,
                        Outcome = ReferralOutcome.NoFurtherAction,
                    });
                    break;
            }
        }
    }

    private static void ReadAssessment(CinReading reading, CinElement assessment, string episode)
    {
        var key = reading.UniqueItem(episode, "assessment", assessment, "AssessmentActualStartDate");
        var child = reading.Child;
        var started = reading.Only("assessment-started", assessment, $"{key}/started",
            on => new AssessmentStarted { Child = child, On = on, Ref = key }, "AssessmentActualStartDate");
        reading.Only("assessment-reviewed", assessment, $"{key}/reviewed",
            on => new AssessmentReviewed { Child = child, On = on, Ref = key }, "AssessmentInternalReviewDate");
        var signed = reading.Only("assessment-authorised", assessment, $"{key}/signed-off",
            on => new AssessmentSignedOff { Child = child, On = on, Ref = key }, "AssessmentAuthorisationDate");
        if (signed < started)
        {
            reading.Note(assessment.Path, "The assessment was authorised before it started.");
        }
    }

    private static void ReadPlan(CinReading reading, CinElement plan, string episode)
    {
        var key = reading.UniqueItem(episode, "child-in-need-plan", plan, "CINPlanStartDate");
        var child = reading.Child;
        var started = reading.Only("cin-plan-start", plan, $"{key}/started",
            on => new ChildInNeedPlanStarted { Child = child, On = on, Ref = key }, "CINPlanStartDate");
        var ended = reading.Only("cin-plan-end", plan, $"{key}/ended",
            on => new ChildInNeedPlanEnded { Child = child, On = on, Ref = key }, "CINPlanEndDate");
        if (ended < started)
        {
            reading.Note(plan.Path, "The child in need plan ended before it started.");
        }
    }

    private static void ReadClosure(CinReading reading, CinElement details, DateOnly? referred, string key)
    {
        var reason = details.TextOf("ReasonForClosure");
        var closed = reading.Only("closures", details, $"{key}/closed",
            on => new CaseClosed { Child = reading.Child, On = on, Ref = key, Reason = reason }, "CINclosureDate");
        if (closed < referred)
        {
            reading.Note(details.Path, "The case was closed before the referral.");
        }
    }
}
