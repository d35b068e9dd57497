namespace PracticeEvents.App.Synthetic;

/// <summary>Personal education plans of a looked-after child of school age: the first within 20 working days, then one each term.</summary>
internal static class LookedAfterLearning
{
    private static readonly (int Month, string Term)[] Terms = [(10, "autumn"), (2, "spring"), (5, "summer")];

    /// <summary>Writes the plans of one child's stay.</summary>
    public static void Write(Casework work, Child child, Span care)
    {
        var first = work.Diary.After(care.From, work.Random.Chance(90) ? work.Random.Between(21, 30) : work.Random.Between(5, 10));
        Plan(work, child, first, care, TermOf(first));
        for (var year = care.From.Year; year <= work.Setting.Today.Year; year++)
        {
            foreach (var (month, term) in Terms)
            {
                var day = work.Diary.OnOrAfter(new DateOnly(year, month, work.Random.Between(1, 26)));
                if (day > first.AddDays(30) && !work.Random.Chance(40))
                {
                    Plan(work, child, day, care, term);
                }
            }
        }
    }

    private static void Plan(Casework work, Child child, DateOnly day, Span care, string term)
    {
        if (day < care.To && child.AgeOn(day) is >= 4 and < 18)
        {
            work.File.Add("personal_education_plan_recorded", child.Reference, day, work.CareWorker.On(day), null, ("term", term));
        }
    }

    private static string TermOf(DateOnly day) => day.Month switch { >= 9 => "autumn", <= 3 => "spring", _ => "summer" };
}
