namespace PracticeEvents.App.Synthetic;

/// <summary>From the request to go to the legal gateway to the end of pre-proceedings, tracked weekly by the coordinator.</summary>
internal static class PreProceedings
{
    /// <summary>Writes it for an episode that comes to the gateway.</summary>
    public static void Write(Casework work, CourtOutline court)
    {
        var reference = work.Reference("gateway");
        Gateway(work, court, reference);
        if (!court.HasPreProceedings)
        {
            return;
        }

        var letter = work.Diary.After(court.Gateway, work.Random.Chance(120) ? work.Random.Between(6, 9) : work.Random.Between(1, 4));
        work.ForAll("pre_proceedings_started", Moment.Roughly(court.Gateway, 16, 30),
            work.Setting.Structure.Coordinator.On(court.Gateway), reference);
        work.ForAll("letter_before_proceedings_sent", letter, work.LocalityWorker.On(letter), reference);
        Meetings(work, court, letter, reference);
        Track(work, court, reference);
        Assessments(work, court, reference);
        work.ForAll("pre_proceedings_ended", Moment.Roughly(court.Ends, 15), work.TeamOf(work.LocalityWorker).HeadOfService, reference,
            ("outcome", court.Issued is null ? "stepped_down" : "proceedings"));
    }

    private static void Gateway(Casework work, CourtOutline court, string reference)
    {
        var (diary, random, team) = (work.Diary, work.Random, work.TeamOf(work.LocalityWorker));
        var asked = diary.Before(court.Gateway, random.Between(8, 12));
        var decision = ("decision", (object)(court.HasPreProceedings ? "pre_proceedings" : "issue"));
        work.ForAll("gateway_attendance_requested", Moment.Roughly(asked, 10), team.Manager, reference);
        work.ForAll("gateway_attendance_approved", diary.After(asked, random.Between(1, 2)), team.HeadOfService, reference);
        work.ForAll("gateway_papers_shared", diary.Before(court.Gateway, random.Chance(150) ? 1 : random.Between(3, 5)),
            work.LocalityWorker.On(asked), reference, ("panelOn", diary.Write(court.Gateway)));
        work.ForAll("legal_gateway_held", Moment.At(court.Gateway, 10, 30), team.HeadOfService, reference, decision);
        var recorded = random.Chance(80) ? Moment.At(diary.After(court.Gateway, 1), 9, 40) : Moment.At(court.Gateway, 15, 20);
        work.ForAll("legal_gateway_outcome_recorded", recorded, work.Setting.Structure.Coordinator.On(recorded.Day), reference, decision);
    }

    private static void Meetings(Casework work, CourtOutline court, DateOnly letter, string reference)
    {
        var first = work.Diary.After(letter, work.Random.Between(5, 9));
        work.ForAll("pre_proceedings_meeting_held", first, work.TeamOf(work.LocalityWorker).Manager, reference, ("kind", "initial"));
        foreach (var day in new Rhythm(35, 48, 90).Days(work, first, court.Ends.AddDays(-3)))
        {
            work.ForAll("pre_proceedings_meeting_held", day, work.TeamOf(work.LocalityWorker).Manager, reference, ("kind", "review"));
        }
    }

    private static void Track(Casework work, CourtOutline court, string reference)
    {
        var coordinator = work.Setting.Structure.Coordinator;
        foreach (var day in new Rhythm(6, 7, 40).Days(work, court.Gateway, court.Ends))
        {
            work.ForAll("plo_oversight_recorded", day, coordinator.On(day), reference);
        }

        var audited = work.Diary.OnOrAfter(court.Gateway.AddDays(work.Random.Between(20, 40)));
        if (audited < court.Ends && !work.Random.Chance(100))
        {
            work.ForAll("plo_audit_completed", audited, coordinator.On(audited), reference, ("grade", work.Random.Pick<string>(["good",
                "good", "requires_improvement", "inadequate"])));
        }
    }

    private static void Assessments(Casework work, CourtOutline court, string reference)
    {
        foreach (var (type, perMille) in new[] { ("parenting_assessment_recorded", 800), ("cognitive_assessment_recorded", 300),
            ("graded_care_profile_recorded", 500) })
        {
            var day = work.Diary.OnOrAfter(court.Gateway.AddDays(work.Random.Between(10, 38)));
            if (work.Random.Chance(perMille) && day < court.Ends)
            {
                work.ForAll(type, day, work.LocalityWorker.On(day), reference);
            }
        }
    }
}
