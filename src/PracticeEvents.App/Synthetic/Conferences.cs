namespace PracticeEvents.App.Synthetic;

/// <summary>What surrounds every conference: the report before it, decisions and minutes after it, and the check half-way to the
/// next.</summary>
internal static class Conferences
{
    /// <summary>The social worker's report, shared before the conference.</summary>
    public static void Report(Casework work, DateOnly conference, string reference, int daysBefore)
    {
        var day = work.Diary.Before(conference, work.Random.Chance(100) ? 1 : daysBefore + work.Random.Below(2));
        if (day > work.Episode.Referred)
        {
            work.ForAll("conference_report_shared", day, work.LeadOn(day).On(day), reference, ("conferenceOn",
                work.Diary.Write(conference)));
        }
    }

    /// <summary>Decisions, the chair's quality form and the minutes.</summary>
    public static void Afterwards(Casework work, DateOnly conference, string reference)
    {
        var chair = work.Chair.On(conference);
        work.ForAll("conference_decisions_sent", work.Random.Chance(80) ? work.Diary.After(conference, 2) : Moment.Roughly(conference,
            17), chair, reference);
        work.ForAll("conference_quality_recorded", work.Diary.After(conference, work.Random.Chance(70) ? 4 : work.Random.Between(1, 2)),
            chair, reference);
        work.ForAll("conference_minutes_sent", work.Diary.After(conference, work.Random.Chance(70) ? work.Random.Between(16, 24)
            : work.Random.Between(8, 14)), chair, reference);
    }

    /// <summary>The date set for the next review, when the last one closes.</summary>
    public static void Schedule(Casework work, string cycle, Post owner, DateOnly last, DateOnly next) =>
        work.ForAll("review_scheduled", Moment.Roughly(last, 17, 15), owner.On(last), null, ("cycle", cycle), ("reviewOn",
            work.Diary.Write(next)));

    /// <summary>The check half-way between two reviews; three in four are done, and some of those raise a challenge.</summary>
    public static void MidPoint(Casework work, string cycle, Post owner, DateOnly last, DateOnly next)
    {
        var random = work.Random;
        var day = work.Diary.OnOrBefore(last.AddDays((next.DayNumber - last.DayNumber) / 2));
        if (day <= last || random.Chance(work.Episode.Drifts ? 500 : 180))
        {
            return;
        }

        day = random.Chance(120) ? work.Diary.After(day, random.Between(2, 12)) : day;
        if (day >= next)
        {
            return;
        }

        var done = random.Chance(600) ? "yes" : random.Chance(700) ? "partly" : "no";
        work.ForAll("mid_point_recorded", day, owner.On(day), null, ("cycle", cycle), ("actionsDone", done), ("planStillRight",
            random.Chance(850) ? "yes" : "partly"),
            ("heardFromChild", random.Chance(700) ? "yes" : "no"), ("preProceedingsReviewed", work.Episode.Court is { } court
                && court.Gateway <= day && day <= court.Ends));
        if (done is "no")
        {
            var reference = work.File.Reference("challenge", day.DayNumber);
            work.ForAll("challenge_raised", Moment.Roughly(day, 17), owner.On(day), reference, ("stage", "informal"));
            work.ForAll("challenge_answered", work.Diary.After(day, random.Between(2, 8)), work.TeamOf(work.LeadOn(day)).Manager,
                reference);
        }
    }
}
