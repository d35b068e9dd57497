namespace PracticeEvents.App.Synthetic;

/// <summary>Tells everything that happened to one family, up to the plan's now.</summary>
internal static class FamilyStory
{
    /// <summary>The family's events, not yet in order.</summary>
    public static IReadOnlyList<Draft> Of(Setting setting, Family family)
    {
        var file = new Casefile(setting, family.Reference, family.Random);
        var children = Child.Of(setting, family);
        foreach (var episode in family.Episodes)
        {
            Tell(new Casework(setting, file, family, children, episode), family);
        }

        return file.Drafts;
    }

    private static void Tell(Casework work, Family family)
    {
        var episode = work.Episode;
        FrontDoor.Write(work, family.Reference);
        Allocation.Write(work);
        if (episode.Assessment is not { } assessment)
        {
            return;
        }

        AssessmentJourney.Write(work, assessment);
        Oversight.Write(work);
        When(episode.Strategy, day => Enquiry.Write(work, day));
        When(episode.Conference, day => ChildProtectionJourney.Write(work, day));
        When(episode.Need, plan => ChildInNeedJourney.Write(work, plan));
        if (episode.Court is { } court)
        {
            PreProceedings.Write(work, court);
            When(court.Issued, issued => CourtJourney.Write(work, issued, court.Concluded!.Value));
        }

        When(episode.Care, care => LookedAfterJourney.Write(work, care));
    }

    private static void When<T>(T? given, Action<T> write)
        where T : struct
    {
        if (given is { } value)
        {
            write(value);
        }
    }
}
