namespace PracticeEvents.App.Synthetic;

/// <summary>The section 47 enquiry: strategy discussion, outcome and, where one is needed, the request for a conference.</summary>
internal static class Enquiry
{
    /// <summary>Writes the enquiry of an episode.</summary>
    public static void Write(Casework work, DateOnly strategy)
    {
        var (diary, random) = (work.Diary, work.Random);
        var reference = work.Reference("s47");
        work.ForAll("strategy_discussion_held", Moment.At(strategy, 11, 30), work.TeamOf(work.Assessor).Manager, reference,
            ("startsEnquiry", true));
        var most = work.Episode.Conference is { } held ? Math.Max(1, diary.WorkingDaysBetween(strategy, held) - 4) : 10;
        var concluded = diary.After(strategy, Math.Min(most, random.Chance(80) ? random.Between(11, 14) : random.Between(4, 10)));
        work.ForAll("section_47_concluded", Moment.Roughly(concluded, 14), work.Assessor.On(concluded), reference,
            ("outcome", work.Episode.Conference is null ? "no_conference" : "conference"));
        if (work.Episode.Conference is not null)
        {
            work.ForAll("conference_requested", Moment.Roughly(diary.After(concluded, 1), 10), work.Assessor.On(concluded),
                work.Reference("conference"));
        }
    }
}
