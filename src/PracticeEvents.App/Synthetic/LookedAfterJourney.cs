namespace PracticeEvents.App.Synthetic;

/// <summary>The time looked after: legal status, placements, plans, reviews, visits and the reviewing officer's checks.</summary>
internal static class LookedAfterJourney
{
    /// <summary>Writes the time looked after in an episode.</summary>
    public static void Write(Casework work, Span care)
    {
        var byOrder = work.Episode.Court?.Issued is not null;
        var worker = work.CareWorker.On(care.From);
        work.ForAll("became_looked_after", Moment.Roughly(care.From, 9, 30), worker, null, ("legalStatus", byOrder ? "ico" : "s20"),
            ("shortBreak", false));
        work.ForAll("health_notified", work.Diary.After(care.From, work.Random.Between(1, 4)), worker, null);
        if (work.Episode.Court?.Concluded is { } concluded && concluded < care.To)
        {
            work.ForAll("legal_status_changed", Moment.Roughly(concluded, 16), worker, null, ("legalStatus", "care_order"));
        }

        Placements.Write(work, care);
        Reviews(work, care);
        foreach (var child in work.Children)
        {
            LookedAfterHealth.Write(work, child, care);
            LookedAfterLearning.Write(work, child, care);
            MissingEpisodes.Write(work, child, care);
            LeavingCare.Write(work, child, care);
        }

        work.ForAll("ceased_to_be_looked_after", Moment.Roughly(care.To, 15), work.CareWorker.On(care.To), null,
            ("reason", work.Episode.AgesOut ? "turned_18" : work.Random.Pick<string>(["returned_home", "special_guardianship",
                "adopted", "other"])));
    }

    private static void Reviews(Casework work, Span care)
    {
        var last = care.From;
        var next = work.Diary.After(care.From, Late(work) ? work.Random.Between(21, 26) : work.Random.Between(14, 20));
        for (var number = 1; next < care.To; number++)
        {
            Conferences.Schedule(work, "looked_after", work.Reviewer, last, next);
            Conferences.MidPoint(work, "looked_after", work.Reviewer, last, next);
            if (!work.Past(next))
            {
                return;
            }

            Review(work, next, number);
            var due = next.AddMonths(number == 1 ? 3 : 6);
            (last, next) = (next, Late(work) ? work.Diary.OnOrAfter(due.AddDays(work.Random.Between(2, 25)))
                : work.Diary.OnOrBefore(due.AddDays(-work.Random.Between(0, 12))));
        }
    }

    private static void Review(Casework work, DateOnly day, int number)
    {
        var reviewer = work.Reviewer.On(day);
        var reference = work.File.Reference("lac-review", (work.Episode.Number * 100) + number);
        var contact = work.Diary.Before(day, work.Random.Between(1, 6));
        foreach (var child in work.Children)
        {
            work.File.Add("visit_recorded", child.Reference, contact, reviewer, null, ("purpose", "iro"), ("seen", true), ("seenAlone",
                child.AgeOn(contact) >= 3));
            var rating = work.Random.Chance(80) ? "red" : work.Random.Chance(300) ? "amber" : "green";
            work.File.Add("looked_after_review_held", child.Reference, Moment.Roughly(day, 11), reviewer, reference, ("viewsRecorded",
                !work.Random.Chance(100)));
            var reason = rating is "green" ? "on_track" : work.Random.Pick<string>(["plan_drift", "visits", "health", "education"]);
            work.File.Add("review_rated", child.Reference, Moment.Roughly(day, 16), reviewer, reference, ("rating", rating),
                ("reasonCode", reason));
        }

        work.ForAll("review_decisions_sent", work.Diary.After(day, work.Random.Chance(70) ? 8 : work.Random.Between(1, 5)), reviewer,
            reference);
        if (number == 2)
        {
            work.ForAll("permanence_plan_agreed", Moment.Roughly(day, 15), work.CareWorker.On(day), null);
        }
    }

    private static bool Late(Casework work) => work.Random.Chance(work.Episode.Drifts ? 300 : 80);
}
