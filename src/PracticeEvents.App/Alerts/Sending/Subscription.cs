using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>What somebody asked to be sent, by which way.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Worker">Whose it is: what is sent is what this worker may see at that moment.</param>
/// <param name="Roles">Roles that were granted with the sign-in by which it was made, beside those that the structure gives.</param>
/// <param name="Channel">Name of the channel; <c>feed</c> for one that is fetched.</param>
/// <param name="Scope">Whose alerts: <c>me</c>, <c>team</c>, <c>service</c>, <c>watching</c> or <c>all</c>.</param>
/// <param name="Stages">Only these stages; none for every one.</param>
/// <param name="Address">Where it goes, for a channel that sends.</param>
/// <param name="Secrets">Secrets that messages are signed with; two during a rotation.</param>
/// <param name="CreatedAt">UTC instant.</param>
/// <param name="DisabledAt">UTC instant from which nothing is sent; nothing while it is on.</param>
/// <param name="DisabledBecause">Why not, a sentence.</param>
internal sealed record Subscription(
    Guid Id, string Worker, IReadOnlyList<Role> Roles, string Channel, string Scope, IReadOnlyList<AlertStage> Stages, string? Address,
    IReadOnlyList<SourceSecret> Secrets, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, string? DisabledBecause)
{
    /// <summary>The channel of a subscription whose feeds and calendar are fetched.</summary>
    public const string Feed = "feed";

    /// <summary>True for an alert that it asks for.</summary>
    public bool Wants(AlertStage stage) => Stages.Count == 0 || Stages.Contains(stage);

    /// <summary>The secrets that are live at an instant, the newest last.</summary>
    public IEnumerable<string> LiveSecrets(DateTimeOffset now) => Secrets.Where(s => s.ExpiresAt is null || s.ExpiresAt > now).Select(s => s.Value);
}
