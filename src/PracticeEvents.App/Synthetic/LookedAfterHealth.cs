namespace PracticeEvents.App.Synthetic;

/// <summary>Health assessments, dental checks and strengths and difficulties questionnaires of a looked-after child.</summary>
internal static class LookedAfterHealth
{
    private const int FirstAgeForQuestionnaire = 4;
    private const int LastAgeForQuestionnaire = 16;

    /// <summary>Writes the health story of one child's stay.</summary>
    public static void Write(Casework work, Child child, Span care)
    {
        var first = work.Diary.After(care.From, work.Random.Chance(130) ? work.Random.Between(21, 35) : work.Random.Between(8, 20));
        if (first >= care.To)
        {
            return;
        }

        work.File.Add("health_assessment_held", child.Reference, first, null, null, ("kind", "initial"));
        for (var day = Review(work, child, first); day < care.To && work.Past(day); day = Review(work, child, day))
        {
            work.File.Add("health_assessment_held", child.Reference, day, null, null, ("kind", "review"));
        }

        foreach (var day in new Rhythm(300, 360, 80).Days(work, care.From.AddDays(-work.Random.Between(180, 280)), care.To))
        {
            work.File.Add("dental_check_held", child.Reference, day > care.From ? day : work.Diary.After(care.From, 5), null, null);
        }

        foreach (var day in new Rhythm(320, 362, 80).Days(work, care.From, care.To))
        {
            if (child.AgeOn(day) is >= FirstAgeForQuestionnaire and <= LastAgeForQuestionnaire)
            {
                work.File.Add("sdq_recorded", child.Reference, day, work.CareWorker.On(day), null);
            }
        }
    }

    // Every six months under five, then every twelve.
    private static DateOnly Review(Casework work, Child child, DateOnly last)
    {
        var due = last.AddMonths(child.AgeOn(last.AddMonths(6)) < 5 ? 6 : 12);
        return work.Random.Chance(90)
            ? work.Diary.OnOrAfter(due.AddDays(work.Random.Between(2, 40)))
            : work.Diary.OnOrBefore(due.AddDays(-work.Random.Between(0, 25)));
    }
}
