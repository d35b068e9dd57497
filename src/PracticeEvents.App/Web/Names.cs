using PracticeEvents.App.Access;

namespace PracticeEvents.App.Web;

/// <summary>What people are called inside a page after sign-in: the label where one is kept, and the reference always.</summary>
internal sealed class Names
{
    private readonly IReadOnlyDictionary<string, string> children;
    private readonly IReadOnlyDictionary<string, string> workers;
    private readonly IReadOnlyDictionary<string, string> teams;

    private Names(IReadOnlyDictionary<string, string> children, IReadOnlyDictionary<string, string> workers, IReadOnlyDictionary<string, string> teams) =>
        (this.children, this.workers, this.teams) = (children, workers, teams);

    /// <summary>The labels of some children, and of every worker and team.</summary>
    public static async Task<Names> ReadAsync(Labels labels, IReadOnlyCollection<string> children, CancellationToken ct) =>
        new(await labels.OfAsync("child", children, ct), await labels.OfAsync("worker", null, ct), await labels.OfAsync("team", null, ct));

    /// <summary>"Sam B, child 4471", or "Child 4471".</summary>
    public string Child(string reference) => children.TryGetValue(reference, out var name) ? $"{name}, child {reference}" : $"Child {reference}";

    /// <summary>A worker's label or reference; "No worker" when there is none.</summary>
    public string Worker(string? reference) => reference is null ? "No worker" : workers.GetValueOrDefault(reference, reference);

    /// <summary>A team's label, or "Team" and its reference.</summary>
    public string Team(string reference) => teams.GetValueOrDefault(reference, $"Team {reference}");
}
