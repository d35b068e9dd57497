namespace PracticeEvents.App.Synthetic;

/// <summary>Young people from sixteen: pathway assessment and plan; and after care, a personal adviser who keeps in touch.</summary>
internal static class LeavingCare
{
    /// <summary>Writes leaving care for one child's stay.</summary>
    public static void Write(Casework work, Child child, Span care)
    {
        var eligible = Later(child.Birthday(16), care.From.AddDays(91));
        if (eligible >= care.To || eligible >= child.Birthday(18))
        {
            return;
        }

        var assessed = work.Diary.OnOrBefore(eligible.AddDays(work.Random.Chance(90) ? work.Random.Between(95, 130)
            : work.Random.Between(40, 88)));
        if (assessed >= care.To)
        {
            return;
        }

        var until = work.Episode.AgesOut ? work.Episode.Closed : care.To;
        work.File.Add("pathway_assessment_recorded", child.Reference, assessed, work.CareWorker.On(assessed), work.Reference("pathway"));
        var signed = work.Diary.After(assessed, work.Random.Between(8, 19));
        work.File.Add("pathway_plan_signed_off", child.Reference, signed, work.TeamOf(work.CareWorker).Manager, work.Reference("pathway"));
        foreach (var day in new Rhythm(150, 180, 90).Days(work, signed, until))
        {
            work.File.Add("pathway_plan_reviewed", child.Reference, day, work.Adviser.On(day), work.Reference("pathway"));
        }

        if (work.Episode.AgesOut)
        {
            KeepInTouch(work, child, care.To, until);
        }
    }

    private static void KeepInTouch(Casework work, Child child, DateOnly from, DateOnly until)
    {
        var adviser = work.Adviser;
        work.File.Add("became_care_leaver", child.Reference, Moment.Roughly(from, 16), adviser.On(from));
        work.File.AddAtOnce("case_allocated", child.Reference, Moment.Roughly(from, 16, 30), null, null, ("worker", adviser.On(from)),
            ("team", adviser.Team), ("role", adviser.Role));
        foreach (var day in new Rhythm(35, 55, 100).Days(work, from, until))
        {
            work.File.Add("care_leaver_contact_made", child.Reference, day, adviser.On(day));
            work.File.Add("visit_recorded", child.Reference, day, adviser.On(day), null, ("purpose", "personal_adviser"), ("seen",
                true), ("seenAlone", true));
        }
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
