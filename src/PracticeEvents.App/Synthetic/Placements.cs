namespace PracticeEvents.App.Synthetic;

/// <summary>Where looked-after brothers and sisters live, moves, the plans that each placement needs, and visits to it.</summary>
internal static class Placements
{
    private static readonly string[] Types = ["foster_care", "foster_care", "foster_care", "foster_care", "connected_person",
        "childrens_home"];

    /// <summary>Writes the placements of a stay. About one move in two years (assumed: 0.47 a year).</summary>
    public static void Write(Casework work, Span care)
    {
        var from = care.From;
        for (var number = 1; from < care.To && work.Past(from); number++)
        {
            var moves = work.Diary.OnOrAfter(from.AddDays(work.Random.Between(120, 1300)));
            var to = moves < care.To.AddDays(-20) ? moves : care.To;
            Placement(work, new Span(from, to), number);
            from = to;
        }
    }

    private static void Placement(Casework work, Span stay, int number)
    {
        var (diary, random) = (work.Diary, work.Random);
        var reference = work.File.Reference("placement", (work.Episode.Number * 100) + number);
        var worker = work.CareWorker.On(stay.From);
        work.ForAll("placement_started", Moment.Roughly(stay.From, 17), worker, reference, ("placementType",
            random.Pick<string>(Types)), ("withParent", false),
            ("approval", "full"), ("longTerm", number > 1 && random.Chance(500)), ("childAgreedSixMonthly", false));
        work.ForAll("placement_plan_recorded", diary.After(stay.From, random.Chance(80) ? random.Between(6, 10) : random.Between(1, 5)),
            worker, reference);
        work.ForAll("placement_notified", diary.After(stay.From, random.Chance(80) ? random.Between(6, 9) : random.Between(1, 4)),
            worker, reference);
        if (number == 1)
        {
            work.ForAll("care_plan_recorded", diary.After(stay.From, random.Chance(80) ? random.Between(11, 16) : random.Between(4,
                10)), worker, work.Reference("care-plan"));
        }

        var first = diary.OnOrBefore(stay.From.AddDays(random.Chance(60) ? 11 : random.Between(4, 7)));
        first = first > stay.From ? first : diary.After(stay.From, 1);
        foreach (var child in work.Children)
        {
            Visits.Visit(work, child, "looked_after", first, seen: true);
        }

        Visits.InRhythm(work, "looked_after", new Rhythm(28, 41, 130), first, stay.To);
        work.ForAll("placement_ended", Moment.Roughly(stay.To, 14), work.CareWorker.On(stay.To), reference);
    }
}
