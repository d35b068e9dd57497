namespace PracticeEvents.App.Synthetic;

/// <summary>Everything that the parts of one episode's story need: whose it is, who works on it and where it is written.</summary>
internal sealed class Casework(Setting setting, Casefile file, Family family, IReadOnlyList<Child> children, Episode episode)
{
    /// <summary>The authority.</summary>
    public Setting Setting => setting;

    /// <summary>Where events are written.</summary>
    public Casefile File => file;

    /// <summary>The children, eldest first.</summary>
    public IReadOnlyList<Child> Children => children;

    /// <summary>The dates.</summary>
    public Episode Episode => episode;

    /// <summary>The authority's diary.</summary>
    public Diary Diary => setting.Diary;

    /// <summary>The family's luck.</summary>
    public SplitMix Random => file.Random;

    /// <summary>Who assesses.</summary>
    public Post Assessor { get; } = Of(setting.Structure.Assessment, family);

    /// <summary>Who works with the family during a plan.</summary>
    public Post LocalityWorker { get; } = Of(setting.Structure.Locality, family);

    /// <summary>Who works with looked-after children.</summary>
    public Post CareWorker { get; } = Of(setting.Structure.InCare, family);

    /// <summary>The independent reviewing officer.</summary>
    public Post Reviewer { get; } = Of(setting.Structure.Reviewers, family);

    /// <summary>The conference chair.</summary>
    public Post Chair { get; } = Of(setting.Structure.Chairs, family);

    /// <summary>The care leaver's personal adviser.</summary>
    public Post Adviser { get; } = Of(setting.Structure.Advisers, family);

    /// <summary>The post's team.</summary>
    public Team TeamOf(Post post) => setting.Structure.TeamNamed(post.Team);

    /// <summary>Who leads the work on a day: the team that has the case then.</summary>
    public Post LeadOn(DateOnly day) =>
        episode.Care is { } care && day >= care.From ? CareWorker : PlanFrom is { } plan && day >= plan ? LocalityWorker : Assessor;

    /// <summary>The day on which a plan first brings the case to a locality team.</summary>
    public DateOnly? PlanFrom => episode.Conference ?? episode.Need?.From;

    /// <summary>Whether a day has come.</summary>
    public bool Past(DateOnly day) => day <= setting.Today;

    /// <summary>Writes an event that the case system makes itself, at once, for every child.</summary>
    public void ForAllAtOnce(string type, Moment when, string? by, string? reference, params ReadOnlySpan<(string Name, object Value)> more)
    {
        foreach (var child in children)
        {
            file.AddAtOnce(type, child.Reference, when, by, reference, more);
        }
    }

    /// <summary>Writes the same event for every child.</summary>
    public void ForAll(string type, Moment when, string? by, string? reference, params ReadOnlySpan<(string Name, object Value)> more)
    {
        var moment = when.Minute is null ? when with { Minute = Random.Between(9 * 60, 16 * 60) } : when;
        foreach (var child in children)
        {
            file.Add(type, child.Reference, moment, by, reference, more);
        }
    }

    /// <summary>A reference that belongs to this episode.</summary>
    public string Reference(string kind) => file.Reference(kind, episode.Number);

    private static Post Of(IReadOnlyList<Team> service, Family family)
    {
        var posts = service[0].Posts.Count;
        var place = family.Draws.Below(EvenDraw.Post, service.Count * posts);
        return service[place / posts].Posts[place % posts];
    }

    private static Post Of(IReadOnlyList<Post> posts, Family family) => posts[family.Draws.Below(EvenDraw.Post, posts.Count)];
}
