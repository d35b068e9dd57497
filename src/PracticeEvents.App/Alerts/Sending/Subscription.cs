using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>What somebody asked to be sent, by which way.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Worker">Whose it is: what is sent is what this worker may see at that moment.</param>
/// <param name="Roles">Roles that were granted with the sign-in by which it was made, beside those that the structure gives.</param>
/// <param name="Channel">Name of the channel; <c>feed</c> for one that is fetched.</param>
/// <param name="Scope">Whose alerts: <c>me</c>, <c>team</c>, <c>service</c>, <c>watching</c> or <c>all</c>.</param>
/// <param name="Stages">Only these stages; none for every one.</param>
/// <param name="Times">When, for a channel that people read.</param>
/// <param name="Address">Where it goes, for a channel that sends.</param>
/// <param name="Secrets">Secrets that messages are signed with; two during a rotation.</param>
/// <param name="CreatedAt">UTC instant.</param>
/// <param name="DisabledAt">UTC instant from which nothing is sent; nothing while it is on.</param>
/// <param name="DisabledBecause">Why not, a sentence.</param>
/// <param name="IsMain">True for the oldest that people read of those of its owner that are on: what nobody can leave out comes by it, whatever stages it asks for.</param>
internal sealed record Subscription(
    Guid Id, string Worker, IReadOnlyList<Role> Roles, string Channel, string Scope, IReadOnlyList<AlertStage> Stages, SendingTimes Times, string? Address,
    IReadOnlyList<SourceSecret> Secrets, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, string? DisabledBecause, bool IsMain = false)
{
    /// <summary>The channel of a subscription whose feeds and calendar are fetched.</summary>
    public const string Feed = "feed";

    /// <summary>True for word of a stage that it asks for, or that its owner cannot leave out.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="isOwn">True for an alert to its owner.</param>
    public bool Wants(AlertStage stage, bool isOwn) => Stages.Count == 0 || Stages.Contains(stage) || (isOwn && IsMain && Urgency.Compulsory.Contains(stage));

    /// <summary>The secrets that are live at an instant, the newest last.</summary>
    public IEnumerable<string> LiveSecrets(DateTimeOffset now) => Secrets.Where(s => s.ExpiresAt is null || s.ExpiresAt > now).Select(s => s.Value);
}
