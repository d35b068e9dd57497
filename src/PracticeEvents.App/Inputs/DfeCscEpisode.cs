using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads one social care episode of a DfE payload: referral, workers, assessments, plans, closure.</summary>
internal static class DfeCscEpisode
{
    /// <summary>Says every fact of an episode.</summary>
    public static void Read(DfeItem episode)
    {
        var child = episode.Reading.Child;
        var referred = episode.Date("referral_date");
        episode.Say("referral_date",
            new ReferralReceived { Child = child, On = referred, Ref = episode.Ref, ReferrerType = episode.Text("referral_source") });
        ReadDecision(episode, referred);
        ReadWorkers(episode);
        foreach (var assessment in episode.Items("child_and_family_assessments", "assessment", "child_and_family_assessment_id"))
        {
            assessment.Say("start_date", new AssessmentStarted { Child = child, On = assessment.Date("start_date"), Ref = assessment.Ref });
            assessment.Say("authorisation_date",
                new AssessmentSignedOff { Child = child, On = assessment.Date("authorisation_date"), Ref = assessment.Ref });
        }

        foreach (var plan in episode.Items("child_in_need_plans", "child_in_need_plan", "child_in_need_plan_id"))
        {
            plan.Say("start_date", new ChildInNeedPlanStarted { Child = child, On = plan.Date("start_date"), Ref = plan.Ref });
            plan.Say("end_date", new ChildInNeedPlanEnded { Child = child, On = plan.Date("end_date"), Ref = plan.Ref });
        }

        DfeCscProtection.Read(episode);
        DfeCscPlacements.Read(episode);
        ReadCareLeaver(episode);
        episode.Say("closure_date",
            new CaseClosed { Child = child, On = episode.Date("closure_date"), Ref = episode.Ref, Reason = episode.Text("closure_reason") });
    }

    private static void ReadDecision(DfeItem episode, Happened referred)
    {
        const string Field = "referral_no_further_action_flag";
        switch (episode.Flag(Field))
        {
            case true:
                // The feed does not date the decision: it was made on the referral, so the referral's own date stands for it.
                var on = referred.Date != default ? referred : episode.Known("referral_date")?.On ?? default;
                episode.Say(Field,
                    new ReferralDecided { Child = episode.Reading.Child, On = on, Ref = episode.Ref, Outcome = ReferralOutcome.NoFurtherAction });
                break;
            case false:
                episode.TakeBack(Field);
                break;
        }
    }

    // A worker's row has no id of its own: the worker and the start date tell it from others.
    private static void ReadWorkers(DfeItem episode)
    {
        foreach (var byWorker in episode.Items("care_worker_details", "worker", "worker_id"))
        {
            var worker = byWorker.Ref;
            var start = byWorker.Date("start_date");
            if (byWorker.Text("start_date") is not { } day || start.Date == default)
            {
                if (byWorker.Text("start_date") is null)
                {
                    byWorker.Reading.Problem($"{byWorker.Pointer}/start_date", "A worker without a start date cannot be told from another time of the same worker.");
                }

                continue;
            }

            var row = byWorker with { Key = $"{byWorker.Key}/{day}" };
            var child = episode.Reading.Child;
            row.Say("start_date",
                new CaseAllocated { Child = child, On = start, Worker = worker, Role = CaseRole.SocialWorker, Ref = episode.Ref });
            row.Say("end_date",
                new CaseUnallocated { Child = child, On = row.Date("end_date"), Worker = worker, Role = CaseRole.SocialWorker, Ref = episode.Ref });
        }
    }

    // The feed holds only the latest contact, so another date is another contact and not a correction.
    private static void ReadCareLeaver(DfeItem episode)
    {
        if (episode.Section("care_leavers", "care_leaver") is not { } leaver)
        {
            return;
        }

        if (leaver.Purged)
        {
            leaver.Reading.Differences.TakeBack(leaver.Key);
        }
        else if (leaver.Date("contact_date") is { Date: var date } on && date != default)
        {
            leaver.Say($"contact_date/{on}", new CareLeaverContactMade { Child = leaver.Reading.Child, On = on });
        }
    }
}
