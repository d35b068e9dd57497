using System.Diagnostics;

namespace PracticeEvents.App.Synthetic;

/// <summary>The child and family assessment: started, checked by the manager, children seen, submitted and signed off.</summary>
internal static class AssessmentJourney
{
    /// <summary>Writes the assessment of an episode.</summary>
    public static void Write(Casework work, Span assessment)
    {
        var reference = work.Reference("assessment");
        var (diary, random) = (work.Diary, work.Random);
        var manager = work.TeamOf(work.Assessor).Manager;
        work.ForAll("assessment_started", Moment.Roughly(assessment.From, 10), work.Assessor.On(assessment.From), reference);
        SeeChildren(work, assessment);
        foreach (var check in new[] { 10, 25 })
        {
            var day = diary.After(assessment.From, check - random.Below(4));
            if (day < assessment.To && !random.Chance(80))
            {
                work.ForAll("assessment_reviewed", day, manager, reference);
            }
        }

        var returned = assessment.To > diary.After(assessment.From, 9) && random.Chance(90);
        if (returned)
        {
            work.ForAll("assessment_submitted", Moment.Roughly(diary.Before(assessment.To, 5), 15), work.Assessor.On(assessment.To),
                reference);
            work.ForAll("assessment_returned", diary.Before(assessment.To, 3), manager, reference, ("reasonCode",
                random.Pick<string>(["child_voice", "analysis", "plan_missing"])));
        }

        work.ForAll("assessment_submitted", Moment.Roughly(diary.Before(assessment.To, returned ? 1 : random.Between(1, 3)), 15),
            work.Assessor.On(assessment.To), reference);
        work.ForAll("assessment_signed_off", Moment.Roughly(assessment.To, 16), manager, reference, ("outcome",
            Outcome(work.Episode.Route)));
    }

    private static void SeeChildren(Casework work, Span assessment)
    {
        var within = work.Episode.Strategy is null ? work.Random.Between(1, 5) : 1;
        var first = work.Diary.After(assessment.From, work.Random.Chance(70) ? within + 4 : within);
        foreach (var child in work.Children)
        {
            Visits.Visit(work, child, "assessment", first, seen: true);
        }

        Visits.InRhythm(work, "assessment", new Rhythm(12, 24, 50), first, work.PlanFrom ?? assessment.To);
    }

    private static string Outcome(Route route) => route switch
    {
        Route.NoFurtherAction or Route.NotInNeed => "no_further_action",
        Route.InNeedThenClosed or Route.EnquiryThenClosed => "step_down",
        Route.EnquiryThenPlan or Route.ChildInNeedPlan => "child_in_need_plan",
        Route.Conference => "child_protection",
        Route.Care => "looked_after",
        _ => throw new UnreachableException(),
    };
}
