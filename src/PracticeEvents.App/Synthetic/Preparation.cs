namespace PracticeEvents.App.Synthetic;

/// <summary>Work that should be done early in any plan, and must be before a legal gateway: genogram, network meeting, contingency
/// plan.</summary>
internal static class Preparation
{
    /// <summary>Writes it for a plan.</summary>
    public static void Write(Casework work, Span plan)
    {
        Once(work, plan, "genogram_recorded", 4, 18);
        Once(work, plan, "contingency_plan_recorded", 5, 20);
        Once(work, plan, "family_network_meeting_held", 8, 20);
    }

    private static void Once(Casework work, Span plan, string type, int soonest, int latest)
    {
        var day = work.Diary.After(plan.From, work.Random.Chance(90) ? work.Random.Between(latest + 1, latest + 15)
            : work.Random.Between(soonest, latest));
        if (day <= plan.To)
        {
            work.ForAll(type, day, work.LocalityWorker.On(day), null);
        }
    }
}
