namespace PracticeEvents.App.Synthetic;

/// <summary>Care proceedings: issue, hearings, directions and evidence, the reason for delay after 26 weeks, and the final order.</summary>
internal static class CourtJourney
{
    private const int WeeksAllowed = 26;

    /// <summary>Writes proceedings that were issued on a day and end on another.</summary>
    public static void Write(Casework work, DateOnly issued, DateOnly concluded)
    {
        var (diary, random) = (work.Diary, work.Random);
        var reference = work.Reference("proceedings");
        var decided = diary.Before(issued, random.Between(1, 2));
        work.ForAll("decision_to_issue_made", Moment.Roughly(decided, 15), work.TeamOf(work.LocalityWorker).HeadOfService, reference);
        work.ForAll("proceedings_issued", Moment.Roughly(issued, 12), work.LocalityWorker.On(issued), reference);
        var management = diary.After(issued, random.Chance(100) ? random.Between(18, 22) : random.Between(11, 16));
        Hearing(work, management, "cmh", reference);
        Directions(work, management);
        var resolution = diary.OnOrAfter(issued.AddDays((concluded.DayNumber - issued.DayNumber) * 3 / 4));
        Hearing(work, resolution, "irh", reference);
        if (issued.AddDays(WeeksAllowed * 7) is var limit && limit < concluded)
        {
            work.ForAll("delay_reason_recorded", diary.OnOrAfter(limit.AddDays(-random.Between(0, 10))),
                work.Setting.Structure.Coordinator.On(limit), reference,
                ("reasonCode", random.Pick<string>(["expert_report", "court_availability", "new_family_member"])));
        }

        Hearing(work, concluded, "final", reference);
        var endsOn = work.Episode.Care is { } care && care.To <= concluded.AddDays(30) ? "supervision_order" : "care_order";
        work.ForAll("order_made", Moment.Roughly(concluded, 13), null, work.Reference("order"), endsOn is "care_order"
            ? [("kind", endsOn)]
            : [("kind", endsOn), ("expiresOn", diary.Write(concluded.AddMonths(12)))]);
        work.ForAll("proceedings_concluded", Moment.Roughly(concluded, 15), work.CareWorker.On(concluded), reference, ("outcome", endsOn));
    }

    private static void Hearing(Casework work, DateOnly day, string kind, string reference) =>
        work.ForAll("hearing_held", Moment.Roughly(day, 11), null, reference, ("kind", kind));

    private static void Directions(Casework work, DateOnly hearing)
    {
        var number = 0;
        foreach (var what in new[] { "social_work_statement", "parenting_assessment", "final_care_plan" })
        {
            var reference = work.File.Reference("direction", (work.Episode.Number * 10) + ++number);
            var due = work.Diary.After(hearing, number * work.Random.Between(15, 25));
            work.ForAll("direction_made", Moment.Roughly(hearing, 14), null, reference, ("dueOn", work.Diary.Write(due)), ("what", what));
            var filed = work.Random.Chance(150) ? work.Diary.After(due, work.Random.Between(1, 8)) : work.Diary.Before(due,
                work.Random.Between(0, 3));
            work.ForAll("evidence_filed", filed, work.CareWorker.On(filed), reference);
        }
    }
}
