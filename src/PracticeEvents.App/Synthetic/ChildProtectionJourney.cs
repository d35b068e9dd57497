namespace PracticeEvents.App.Synthetic;

/// <summary>Initial conference, child protection plan, visits, core groups, review conferences and the chair's mid-point checks.</summary>
internal static class ChildProtectionJourney
{
    private static readonly string[] Categories = ["neglect", "neglect", "neglect", "emotional_abuse", "emotional_abuse",
        "emotional_abuse", "physical_abuse", "sexual_abuse"];

    /// <summary>Writes the conference, and the plan when it made one.</summary>
    public static void Write(Casework work, DateOnly conference)
    {
        var reference = work.Reference("conference");
        Conferences.Report(work, conference, reference, daysBefore: work.Random.Between(2, 4));
        work.ForAll("initial_conference_held", Moment.Roughly(conference, 10), work.Chair.On(conference), reference,
            ("outcome", work.Episode.Protection is null ? "no_plan" : "plan"), ("transferIn", false));
        Conferences.Afterwards(work, conference, reference);
        if (work.Episode.Protection is { } plan)
        {
            Plan(work, plan);
        }
    }

    private static void Plan(Casework work, Span plan)
    {
        var reference = work.Reference("cpp");
        var category = work.Random.Pick<string>(Categories);
        work.ForAll("child_protection_plan_started", Moment.Roughly(plan.From, 13), work.Chair.On(plan.From), reference, ("category",
            category));
        var first = work.Diary.After(plan.From, work.Random.Chance(80) ? work.Random.Between(11, 14) : work.Random.Between(5, 10));
        CoreGroup(work, first, plan.To, reference);
        foreach (var day in new Rhythm(21, 36, 160).Days(work, first, plan.To.AddDays(-5)))
        {
            CoreGroup(work, day, plan.To, reference);
        }

        Visits.InRhythm(work, "child_protection", new Rhythm(8, 13, 120), plan.From, plan.To);
        Preparation.Write(work, plan);
        Reviews(work, plan, category);
        work.ForAll("child_protection_plan_ended", Moment.Roughly(plan.To, 15), work.Chair.On(plan.To), reference,
            ("outcome", work.Episode.Care is { } care && care.From == plan.To ? "looked_after" : "no_longer_at_risk"));
    }

    private static void CoreGroup(Casework work, DateOnly day, DateOnly end, string reference)
    {
        if (day <= end)
        {
            work.ForAll("core_group_held", day, work.LocalityWorker.On(day), reference);
        }
    }

    private static void Reviews(Casework work, Span plan, string category)
    {
        var last = plan.From;
        var number = 0;
        foreach (var day in ReviewDays(work, plan))
        {
            Conferences.Schedule(work, "child_protection", work.Chair, last, day);
            Conferences.MidPoint(work, "child_protection", work.Chair, last, day);
            if (!work.Past(day))
            {
                return;
            }

            var reference = work.File.Reference("conference", (work.Episode.Number * 100) + ++number);
            Conferences.Report(work, day, reference, daysBefore: 5);
            work.ForAll("review_conference_held", Moment.Roughly(day, 10), work.Chair.On(day), reference,
                ("outcome", day == plan.To ? "end" : "continue"), ("viewsRecorded", !work.Random.Chance(120)));
            Conferences.Afterwards(work, day, reference);
            if (day != plan.To && work.Random.Chance(30))
            {
                work.ForAll("child_protection_category_changed", Moment.Roughly(day, 13), work.Chair.On(day), work.Reference("cpp"),
                    ("category", category is "neglect" ? "emotional_abuse" : "neglect"));
            }

            last = day;
        }
    }

    // Three months, then every six; the last review is the one that ends the plan. One plan in ten has a late review.
    private static IEnumerable<DateOnly> ReviewDays(Casework work, Span plan)
    {
        var lateReview = work.Random.Chance(work.Episode.Drifts ? 400 : 150);
        var day = Within(work, plan.From.AddMonths(3), lateReview && work.Random.Chance(500), 4, 18);
        while (day.AddDays(25) < plan.To)
        {
            yield return day;
            day = Within(work, day.AddMonths(6), lateReview, 7, 30);
        }

        yield return plan.To;
    }

    private static DateOnly Within(Casework work, DateOnly due, bool late, int early, int over) => late
        ? work.Diary.OnOrAfter(due.AddDays(work.Random.Between(2, over)))
        : work.Diary.OnOrBefore(due.AddDays(-work.Random.Between(0, early)));
}
