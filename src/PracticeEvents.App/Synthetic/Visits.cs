namespace PracticeEvents.App.Synthetic;

/// <summary>Visits to children: about one in ten late or missed, some where nobody is in, some where a child is not seen alone.</summary>
internal static class Visits
{
    private static readonly string[] Reasons = ["child_declined", "parent_refused", "no_private_space", "interpreter_needed"];

    /// <summary>Visits in a rhythm, all the family's children on one day.</summary>
    public static void InRhythm(Casework work, string purpose, Rhythm rhythm, DateOnly after, DateOnly to)
    {
        var day = rhythm.Next(work, after);
        while (day <= to && work.Past(day))
        {
            var nobodyIn = work.Random.Chance(40);
            foreach (var child in work.Children)
            {
                Visit(work, child, purpose, day, seen: !nobodyIn && !work.Random.Chance(15));
            }

            day = nobodyIn ? work.Diary.After(day, work.Random.Between(1, 3)) : rhythm.Next(work, day);
        }
    }

    /// <summary>One visit to one child, and another soon after when the child was out or could not be seen alone.</summary>
    public static void Visit(Casework work, Child child, string purpose, DateOnly day, bool seen)
    {
        var by = work.LeadOn(day).On(day);
        if (!seen)
        {
            work.File.Add("visit_recorded", child.Reference, day, by, null, ("purpose", purpose), ("seen", false), ("seenAlone", false));
            return;
        }

        if (ReasonNotAlone(work.Random, child, day) is not { } reason)
        {
            work.File.Add("visit_recorded", child.Reference, day, by, null, ("purpose", purpose), ("seen", true), ("seenAlone", true));
            return;
        }

        work.File.Add("visit_recorded", child.Reference, day, by, null, ("purpose", purpose), ("seen", true), ("seenAlone", false),
            ("reasonNotAlone", reason));
        if (purpose is "child_protection" && Array.IndexOf(Reasons, reason) >= 0)
        {
            FollowUp(work, child, purpose, day, by);
        }
    }

    private static void FollowUp(Casework work, Child child, string purpose, DateOnly day, string by)
    {
        var manager = work.TeamOf(work.LeadOn(day)).Manager;
        work.File.Add("management_oversight_recorded", child.Reference, work.Diary.After(day, 1), manager);
        if (work.Random.Chance(850))
        {
            work.File.Add("visit_recorded", child.Reference, work.Diary.After(day, work.Random.Between(2, 5)), by, null, ("purpose",
                purpose), ("seen", true), ("seenAlone", true));
        }
    }

    private static string? ReasonNotAlone(SplitMix random, Child child, DateOnly day) => child switch
    {
        _ when day < child.Born => "not_yet_born",
        _ when child.AgeOn(day) < 2 => "too_young",
        _ => random.Chance(130) ? random.Pick<string>(Reasons) : null,
    };
}
