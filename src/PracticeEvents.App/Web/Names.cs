using PracticeEvents.App.Access;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Web;

/// <summary>Names for what a page shows, from the one erasable table of labels; the reference where there is none. Never for titles, addresses or files.</summary>
internal sealed class Names
{
    private readonly IReadOnlyDictionary<string, string> children;
    private readonly IReadOnlyDictionary<string, string> workers;
    private readonly IReadOnlyDictionary<string, string> teams;

    private Names(IReadOnlyDictionary<string, string> children, IReadOnlyDictionary<string, string> workers, IReadOnlyDictionary<string, string> teams)
    {
        this.children = children;
        this.workers = workers;
        this.teams = teams;
    }

    /// <summary>The names of some children, and of all workers and teams.</summary>
    public static async Task<Names> ReadAsync(Labels labels, IReadOnlyCollection<string> children, CancellationToken ct)
    {
        var found = await labels.WithAllStaffAsync(children, ct);
        return new(Of("child"), Of("worker"), Of("team"));
        Dictionary<string, string> Of(string kind) => new(found[kind], StringComparer.Ordinal);
    }

    /// <summary>"Sam B, child 4471", or "Child 4471".</summary>
    public string Child(string reference) => children.TryGetValue(reference, out var label) ? $"{label}, child {reference}" : $"Child {reference}";

    /// <summary>"Sam B", or "Child 4471".</summary>
    public string ChildAlone(string reference) => children.GetValueOrDefault(reference, $"Child {reference}");

    /// <summary>A worker's name, or the reference; "No worker" when there is none.</summary>
    public string Worker(string? id) => id is null ? "No worker" : workers.GetValueOrDefault(id, id);

    /// <summary>A team's name, or "Team" and its reference; "no team" when there is none.</summary>
    public string Team(string? id) => id is null ? "no team" : teams.GetValueOrDefault(id, $"Team {id}");

    /// <summary>"independent reviewing officer", "head of service": a role as people say it.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Iro => "independent reviewing officer",
        Role.CpChair => "conference chair",
        Role.PloCoordinator => "pre-proceedings and court coordinator",
        Role.IroManager => "manager of the independent reviewing officers",
        _ => EventName.Word(role.ToString()).Replace('_', ' '),
    };
}
