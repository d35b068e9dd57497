namespace PracticeEvents.App.Synthetic;

/// <summary>A child in need plan: first meeting, four-weekly visits, meetings and reviews until it ends.</summary>
internal static class ChildInNeedJourney
{
    /// <summary>Writes the plan of an episode.</summary>
    public static void Write(Casework work, Span plan)
    {
        var reference = work.Reference("cin");
        work.ForAll("child_in_need_plan_started", Moment.Roughly(plan.From, 16, 30), work.LocalityWorker.On(plan.From), reference);
        var first = work.Diary.After(plan.From, work.Random.Chance(80) ? work.Random.Between(9, 14) : work.Random.Between(3, 7));
        if (first < plan.To)
        {
            work.ForAll("child_in_need_meeting_held", first, work.LocalityWorker.On(first), reference);
        }

        foreach (var day in new Rhythm(30, 42, 80).Days(work, first, plan.To.AddDays(-5)))
        {
            work.ForAll("child_in_need_meeting_held", day, work.LocalityWorker.On(day), reference);
        }

        foreach (var day in new Rhythm(75, 89, 90).Days(work, plan.From, plan.To.AddDays(-14)))
        {
            work.ForAll("child_in_need_review_held", day, work.TeamOf(work.LocalityWorker).Manager, reference);
        }

        Visits.InRhythm(work, "child_in_need", new Rhythm(18, 27, 120), plan.From, plan.To);
        if (work.Episode.Protection is null)
        {
            Preparation.Write(work, plan);
        }

        work.ForAll("child_in_need_plan_ended", Moment.Roughly(plan.To, 16), work.TeamOf(work.LocalityWorker).Manager, reference,
            ("outcome", Outcome(work, plan)));
    }

    private static string Outcome(Casework work, Span plan) =>
        work.Episode.Care is { } care && care.From > plan.To ? "looked_after" : work.Random.Chance(600) ? "needs_met" : "early_help";
}
