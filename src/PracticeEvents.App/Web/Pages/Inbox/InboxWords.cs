using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.InboxPages;

/// <summary>The words for where a row stands.</summary>
internal static class InboxWords
{
    /// <summary>One word, in the order of what needs a person first.</summary>
    public static readonly IReadOnlyList<InboxStatus> Order = [InboxStatus.Quarantined, InboxStatus.Accepted, InboxStatus.Replayed, InboxStatus.Dismissed];

    /// <summary>What people read: "Needs a person".</summary>
    public static string Of(InboxStatus status) => status switch
    {
        InboxStatus.Quarantined => "Needs a person",
        InboxStatus.Accepted => "Taken",
        InboxStatus.Replayed => "Repaired and taken",
        InboxStatus.Dismissed => "Dismissed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Its place in an address.</summary>
    public static string Key(InboxStatus status) => status.ToString().ToLowerInvariant();
}
