namespace PracticeEvents.App.Synthetic;

/// <summary>Teams and workers as events, and what happens without any one child: absence, panels, dip samples.</summary>
internal static class StructureEvents
{
    /// <summary>Writes them; teams first.</summary>
    public static IReadOnlyList<Draft> Of(Setting setting)
    {
        var file = new Casefile(setting, setting.Prefix + "org", new SplitMix(setting.Plan.Seed, int.MaxValue - 1));
        var (structure, day) = (setting.Structure, setting.Opened.AddDays(-7));
        foreach (var team in structure.Teams)
        {
            (string, object)[] members =
            [
                ("team", team.Reference), ("service", setting.Prefix + team.Service),
                ("teamManager", team.Manager), ("headOfService", team.HeadOfService),
            ];
            file.AddAtOnce("team_registered", null, Moment.Roughly(day, 8), null, null, team == structure.Assessment[0] ? [.. members, ("frontDoor", true)] : members);
        }

        foreach (var worker in structure.Workers)
        {
            file.AddAtOnce("worker_registered", null, Moment.Roughly(worker.Joins ?? day, worker.Joins is null ? 9 : 8), null, null,
                ("worker", worker.Reference), ("roles", worker.Roles), ("team", worker.Team));
            if (worker.Leaves is { } leaves)
            {
                file.AddAtOnce("worker_left", null, Moment.Roughly(leaves, 8, 30), null, null, ("worker", worker.Reference));
            }
        }

        Absences(setting, file);
        Panels(setting, file);
        return file.Drafts;
    }

    private static void Absences(Setting setting, Casefile file)
    {
        foreach (var worker in setting.Structure.Workers)
        {
            var cover = setting.Structure.Workers.FirstOrDefault(w => w != worker && w.Team == worker.Team && w.Leaves is null
                && w.Joins is null);
            var until = worker.Leaves ?? setting.Today;
            for (var day = (worker.Joins ?? setting.HistoryFrom).AddDays(file.Random.Between(30,
                150)); day < until; day = day.AddDays(file.Random.Between(60, 170)))
            {
                var told = setting.Diary.OnOrBefore(day);
                var to = day.AddDays(file.Random.Between(2, 13));
                (string, object)[] dates = [("worker", worker.Reference), ("from", setting.Diary.Write(day)), ("to",
                    setting.Diary.Write(to))];
                file.AddAtOnce("absence_recorded", null, Moment.Roughly(told, 8, 40), worker.Reference, null, cover is null ? dates
                    : [.. dates, ("cover", cover.Reference)]);
                if (file.Random.Chance(30))
                {
                    file.AddAtOnce("absence_cancelled", null, Moment.Roughly(told, 16), worker.Reference, null, dates);
                }
            }
        }
    }

    private static void Panels(Setting setting, Casefile file)
    {
        var (structure, week) = (setting.Structure, 0);
        for (var day = setting.HistoryFrom; day <= setting.Today; day = day.AddDays(7))
        {
            var held = setting.Diary.OnOrAfter(day);
            var head = structure.Locality[0].HeadOfService;
            file.Add("panel_held", null, held, head, null, ("panel", "legal_gateway"));
            file.Add("panel_held", null, held, structure.InCare[0].HeadOfService, null, ("panel", "access_to_resources"));
            file.Add("panel_held", null, held, head, null, ("panel", week % 2 == 0 ? "plo" : "permanency"));
            if (++week % 4 == 0)
            {
                DipSamples(structure, file, held);
            }
        }
    }

    // Heads of service look at three children of every team manager each month.
    private static void DipSamples(Structure structure, Casefile file, DateOnly day)
    {
        foreach (var team in structure.Teams.Where(t => t.Posts.Count > 0))
        {
            for (var sample = file.Random.Chance(150) ? 2 : 3; sample > 0; sample--)
            {
                file.Add("dip_sample_completed", null, day, team.HeadOfService, null, ("manager", team.Manager));
            }
        }
    }
}
