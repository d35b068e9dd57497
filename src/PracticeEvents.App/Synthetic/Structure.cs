using System.Globalization;

namespace PracticeEvents.App.Synthetic;

/// <summary>The authority's teams and workers: assessment, locality, children in care and safeguarding services.</summary>
internal sealed class Structure
{
    private const int ChildrenPerTeam = 55;
    private const int ChildrenPerWorker = 13;
    private readonly SplitMix random;
    private readonly Setting setting;
    private readonly Dictionary<string, Team> byReference;
    private readonly List<SyntheticWorker> workers = [];

    /// <summary>The structure for an authority of the plan's size.</summary>
    public Structure(Setting setting)
    {
        this.setting = setting;
        random = new SplitMix(setting.Plan.Seed, int.MaxValue);
        var teams = Math.Max(4, (setting.Plan.OpenChildren + (ChildrenPerTeam / 2)) / ChildrenPerTeam);
        Assessment = Service("assessment", "Assessment", Math.Max(1, teams * 30 / 100), "social_worker");
        InCare = Service("children_in_care", "Children in care", Math.Max(1, teams * 24 / 100), "social_worker");
        Locality = Service("locality", "Locality", Math.Max(1, teams - Assessment.Count - InCare.Count), "social_worker");
        Safeguarding = Service("safeguarding", "Safeguarding and review", 1, null);
        Teams = [.. Assessment, .. Locality, .. InCare, .. Safeguarding];
        byReference = Teams.ToDictionary(t => t.Reference, StringComparer.Ordinal);
        Reviewers = Posts("iro", Math.Max(1, setting.Plan.OpenChildren / 4 / 60));
        Chairs = Posts("cp_chair", Math.Max(1, setting.Plan.OpenChildren / 5 / 60));
        Advisers = Posts("personal_adviser", Math.Max(1, setting.Plan.OpenChildren / 12 / 22), InCare[0].Reference);
        Coordinator = Posts("plo_coordinator", 1, Locality[0].Reference)[0];
    }

    /// <summary>Front door and assessment teams.</summary>
    public IReadOnlyList<Team> Assessment { get; }

    /// <summary>Locality teams: child in need and child protection plans.</summary>
    public IReadOnlyList<Team> Locality { get; }

    /// <summary>Teams for looked-after children and care leavers.</summary>
    public IReadOnlyList<Team> InCare { get; }

    /// <summary>The safeguarding and review unit.</summary>
    public IReadOnlyList<Team> Safeguarding { get; }

    /// <summary>Independent reviewing officers.</summary>
    public IReadOnlyList<Post> Reviewers { get; }

    /// <summary>Child protection conference chairs.</summary>
    public IReadOnlyList<Post> Chairs { get; }

    /// <summary>Personal advisers of care leavers.</summary>
    public IReadOnlyList<Post> Advisers { get; }

    /// <summary>The coordinator of pre-proceedings work.</summary>
    public Post Coordinator { get; }

    /// <summary>Every team.</summary>
    public IReadOnlyList<Team> Teams { get; }

    /// <summary>The team with a reference.</summary>
    public Team TeamNamed(string reference) => byReference[reference];

    /// <summary>Everyone who works or worked here.</summary>
    public IReadOnlyList<SyntheticWorker> Workers => workers;

    private List<Team> Service(string service, string label, int count, string? role)
    {
        var reference = Reference("t-" + service.Replace('_', '-'));
        var head = Worker(reference + "-1", ["head_of_service"]);
        return [.. Enumerable.Range(1, count).Select(n => OneTeam(string.Create(CultureInfo.InvariantCulture, $"{reference}-{n}"),
            string.Create(CultureInfo.InvariantCulture, $"{label} {n}"), service, head, role))];
    }

    private Team OneTeam(string team, string label, string service, string head, string? role)
    {
        var manager = Worker(team, ["team_manager"]);
        var perTeam = Math.Max(3, (ChildrenPerTeam + (ChildrenPerWorker / 2)) / ChildrenPerWorker);
        return new Team(team, label, service, manager, head, role is null ? [] : Posts(role, perTeam, team));
    }

    private List<Post> Posts(string role, int count, string? team = null) =>
        [.. Enumerable.Range(0, count).Select(n => OnePost(role, team ?? Safeguarding[0].Reference, senior: role is "social_worker"
            && n == 0))];

    private Post OnePost(string role, string team, bool senior)
    {
        string[] roles = senior ? [role, "advanced_practitioner"] : [role];
        var first = Worker(team, roles);
        if (role is not "social_worker" || !random.Chance(300))
        {
            return new Post(team, role, first);
        }

        var span = setting.Today.DayNumber - setting.HistoryFrom.DayNumber;
        var changes = setting.Diary.OnOrAfter(setting.HistoryFrom.AddDays(random.Between(span / 10, Math.Max(span / 10, span - 20))));
        workers[^1] = workers[^1] with { Leaves = changes };
        return new Post(team, role, first, Worker(team, roles, changes), changes);
    }

    private string Worker(string team, string[] roles, DateOnly? joins = null)
    {
        workers.Add(new SyntheticWorker(Reference(string.Create(CultureInfo.InvariantCulture, $"w{workers.Count + 1:000}")), team,
            roles, joins, null));
        return workers[^1].Reference;
    }

    private string Reference(string end) => setting.Prefix + end;
}
