using System.Globalization;
using System.Text.Json;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>What stands in a subscription's line.</summary>
/// <param name="Position">Place on the feed of what it says.</param>
/// <param name="Together">What goes out in one message has the same; empty for what was held back, nothing for what goes alone.</param>
/// <param name="Role">Role against whose budget it counts; nothing when it counts against none.</param>
/// <param name="Alert">Which of a digest's alerts it is about; nothing for what is about one alert anyway.</param>
/// <param name="Stage">The stage at which that alert stood when it was put in line.</param>
internal sealed record Standing(long Position, string? Together = null, string? Role = null, string? Alert = null, AlertStage? Stage = null)
{
    /// <summary>True for what was held back, to go out in one message.</summary>
    public bool IsHeld => Together is "";

    /// <summary>What stands in line for a system, or about a place of the feed that goes alone.</summary>
    public static OutboxItem ItemOf(Subscription s, FeedEntry entry, DateTimeOffset now) => ItemOf(s, entry, new Standing(entry.Position), now, now);

    /// <summary>What stands in line for a person.</summary>
    public static OutboxItem ItemOf(Subscription s, FeedEntry entry, PlannedWord planned, DateTimeOffset now)
    {
        var part = entry.IsOfDigest ? entry.Alert : null;
        var role = planned.Why is Held.No && !planned.Word.MustNotWait ? EventName.Word(planned.Word.Role) : null;
        return ItemOf(s, entry, new Standing(entry.Position, planned.Together, role, part?.Id, part?.Stage), now, planned.At);
    }

    /// <summary>The name of a subscription's own line, so that none waits for another.</summary>
    public static string LineOf(Subscription s) => $"{s.Channel}/{s.Id}";

    /// <summary>The key of what is said at a place of the feed to a subscription.</summary>
    public static string KeyOf(Subscription s, FeedEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"msg_{s.Id:N}_{entry.Position}{(entry.IsOfDigest ? $"_{entry.Alert!.Id}" : "")}");

    /// <summary>Reads it.</summary>
    public static Standing Of(OutboxClaim claim) => JsonSerializer.Deserialize<Standing>(claim.Payload)!;

    private static OutboxItem ItemOf(Subscription s, FeedEntry entry, Standing standing, DateTimeOffset now, DateTimeOffset due) => new(
        LineOf(s), KeyOf(s, entry), JsonSerializer.Serialize(standing), now, due);
}
