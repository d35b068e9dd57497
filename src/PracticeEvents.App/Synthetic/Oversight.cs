namespace PracticeEvents.App.Synthetic;

/// <summary>What goes on for as long as a case is open: supervision, chronology, management oversight, audit.</summary>
internal static class Oversight
{
    /// <summary>Writes it for an episode.</summary>
    public static void Write(Casework work)
    {
        var (from, to) = (work.Episode.Assessment!.Value.From, work.Episode.Closed.AddDays(-1));
        IReadOnlyList<string> children = [.. work.Children.Select(c => c.Reference)];
        foreach (var day in new Rhythm(22, 30, 120).Days(work, from, to))
        {
            var post = work.LeadOn(day);
            work.File.Add("supervision_held", null, day, work.TeamOf(post).Manager, null, ("worker", post.On(day)), ("children", children));
        }

        foreach (var day in new Rhythm(21, 30, 150).Days(work, from, to))
        {
            work.ForAll("chronology_updated", day, work.LeadOn(day).On(day), null);
        }

        foreach (var day in new Rhythm(60, 91, 100).Days(work, from, to))
        {
            work.ForAll("management_oversight_recorded", day, work.TeamOf(work.LeadOn(day)).Manager, null);
        }

        Audits(work, from, to);
    }

    private static void Audits(Casework work, DateOnly from, DateOnly to)
    {
        var number = 0;
        foreach (var day in new Rhythm(200, 900, 0).Days(work, from, to))
        {
            var reference = work.File.Reference("audit", (work.Episode.Number * 100) + ++number);
            var child = work.Random.Pick<Child>([.. work.Children]).Reference;
            var grade = work.Random.Pick<string>(["good", "good", "requires_improvement", "requires_improvement", "inadequate",
                "outstanding"]);
            var team = work.TeamOf(work.LeadOn(day));
            work.File.Add("case_audited", child, day, team.Manager, reference, ("grade", grade));
            if (work.Random.Chance(400))
            {
                work.File.Add("audit_moderated", child, work.Diary.After(day, 8), team.HeadOfService, reference, ("grade",
                    work.Random.Chance(850) ? grade : "requires_improvement"));
            }

            if (grade is "inadequate")
            {
                var action = work.File.Reference("action", (work.Episode.Number * 100) + number);
                var due = work.Diary.After(day, 10);
                work.File.Add("action_set", child, Moment.Roughly(day, 17), team.Manager, action, ("dueOn", work.Diary.Write(due)));
                work.File.Add("action_completed", child, work.Diary.Before(due, work.Random.Between(-3, 5)), work.LeadOn(due).On(due),
                    action);
            }
        }
    }
}
