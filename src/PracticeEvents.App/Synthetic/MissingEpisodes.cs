namespace PracticeEvents.App.Synthetic;

/// <summary>Times when a looked-after young person goes missing, returns and is offered a return interview within 72 hours.</summary>
internal static class MissingEpisodes
{
    private const int FirstAge = 12;

    /// <summary>Writes them for one child's stay. One in eight young people goes missing, and then again and again.</summary>
    public static void Write(Casework work, Child child, Span care)
    {
        var random = work.Random;
        if (!random.Chance(160))
        {
            return;
        }

        var number = 0;
        for (var day = care.From.AddDays(random.Between(10, 90)); day < care.To && work.Past(day); day = day.AddDays(random.Between(4, 60)))
        {
            if (child.AgeOn(day) >= FirstAge)
            {
                Once(work, child, day, work.File.Reference("missing", (work.Episode.Number * 1000) + ++number));
            }
        }
    }

    private static void Once(Casework work, Child child, DateOnly day, string reference)
    {
        var random = work.Random;
        var back = Moment.At(day.AddDays(random.Chance(250) ? 2 : 1), random.Between(5, 21), random.Below(60));
        var by = work.CareWorker.On(day);
        work.File.AddAtOnce("went_missing", child.Reference, Moment.At(day, random.Between(17, 23), random.Below(60)), null, reference);
        work.File.AddAtOnce("returned_from_missing", child.Reference, back, null, reference);
        var accepted = random.Chance(680);
        var offered = Moment.At(back.Day, Math.Min(23, (back.Minute!.Value / 60) + 1), 30);
        work.File.Add("return_interview_offered", child.Reference, offered, by, reference, ("accepted", accepted));
        if (accepted)
        {
            var held = back.Day.AddDays(random.Chance(150) ? random.Between(4, 7) : random.Between(1, 2));
            work.File.Add("return_interview_held", child.Reference, Moment.At(held, random.Between(10, 18), 15), by, reference);
        }
    }
}
