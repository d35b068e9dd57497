namespace PracticeEvents.App.Synthetic;

/// <summary>Who holds the case: allocation, moves between teams, changes of worker, the few who wait for one, and the end.</summary>
internal static class Allocation
{
    private const int WaitingPerMille = 18;

    /// <summary>Writes who holds an episode from its assessment to its end.</summary>
    public static void Write(Casework work)
    {
        var episode = work.Episode;
        if (episode.Assessment is not { } assessment)
        {
            Close(work, "no_further_action");
            return;
        }

        var stages = new List<(DateOnly From, Post Post)> { (assessment.From, work.Assessor) };
        if (work.PlanFrom is { } plan)
        {
            stages.Add((plan, work.LocalityWorker));
        }

        if (episode.Care is { } care)
        {
            stages.Add((care.From, work.CareWorker));
            Name(work, work.Reviewer, work.Diary.After(care.From, work.Random.Between(1, 4)));
        }

        if (episode.Conference is { } conference)
        {
            Name(work, work.Chair, work.Diary.Before(conference, 2));
        }

        if (episode.Court is { } court)
        {
            Name(work, work.Setting.Structure.Coordinator, court.Gateway);
        }

        for (var i = 0; i < stages.Count; i++)
        {
            Hold(work, stages[i].Post, stages[i].From, i + 1 < stages.Count ? stages[i + 1].From : episode.Closed, i > 0
                ? stages[i - 1].Post : null);
        }

        Await(work, stages);
        Close(work, Reason(episode));
    }

    private static void Hold(Casework work, Post post, DateOnly from, DateOnly to, Post? before)
    {
        if (before is not null)
        {
            foreach (var child in work.Children)
            {
                work.File.AddAtOnce("case_transferred", child.Reference, Moment.Roughly(from, 17, 10), null, null, ("fromTeam",
                    before.Team), ("toTeam", post.Team));
            }
        }

        Allocate(work, post, Moment.Roughly(from, before is null ? 9 : 17, 20), before is null ? "new" : "transfer");
        if (post.Changes is { } changes && changes > from && changes < to)
        {
            Unallocate(work, post, post.First, changes, "worker_left");
            var gap = work.Random.Chance(150) ? work.Random.Between(1, 6) : 0;
            Allocate(work, post, Moment.Roughly(gap == 0 ? changes : work.Diary.After(changes, gap), 12), "worker_change");
        }
    }

    private static void Name(Casework work, Post post, DateOnly day) => Allocate(work, post, Moment.Roughly(day, 12), null);

    private static void Allocate(Casework work, Post post, Moment when, string? reason)
    {
        foreach (var child in work.Children)
        {
            (string, object)[] given = [("worker", post.On(when.Day)), ("team", post.Team), ("role", post.Role)];
            work.File.AddAtOnce("case_allocated", child.Reference, when, null, null, reason is null ? given : [.. given, ("reason",
                reason)]);
        }
    }

    private static void Unallocate(Casework work, Post post, string worker, DateOnly day, string reason)
    {
        foreach (var child in work.Children)
        {
            work.File.AddAtOnce("case_unallocated", child.Reference, Moment.Roughly(day, 9, 5), null, null, ("worker", worker), ("role",
                post.Role), ("reason", reason));
        }
    }

    // A few open cases have been without a worker for some days when the history stops.
    private static void Await(Casework work, List<(DateOnly From, Post Post)> stages)
    {
        var since = work.Diary.Before(work.Setting.Today, work.Random.Between(1, 6));
        var post = work.LeadOn(since);
        var settled = stages.TrueForAll(s => s.From < since) && (post.Changes is not { } changes || changes < since.AddDays(-10));
        if (work.Random.Chance(WaitingPerMille) && settled && work.Episode.Closed > work.Setting.Today)
        {
            Unallocate(work, post, post.On(since), since, "worker_absent");
        }
    }

    private static void Close(Casework work, string reason)
    {
        var manager = work.TeamOf(work.LeadOn(work.Episode.Closed)).Manager;
        foreach (var child in work.Children)
        {
            work.File.AddAtOnce("case_closed", child.Reference, Moment.Roughly(work.Episode.Closed, 17, 30), manager, null, ("reason",
                reason));
        }
    }

    private static string Reason(Episode episode) => episode switch
    {
        { AgesOut: true } => "support_as_care_leaver_ended",
        { Care: not null } => "permanence_achieved",
        { Protection: not null } or { Need: not null } => "needs_met",
        { Route: Route.NotInNeed } => "not_in_need",
        _ => "step_down",
    };
}
