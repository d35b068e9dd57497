using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>One thing to send to one subscriber. It carries references and a duty, never a name.</summary>
/// <param name="Id">The same at every attempt, so that the receiver can tell a repetition.</param>
/// <param name="Kind">What happened: the stored name of the alert event.</param>
/// <param name="Alert">The alert as it stood then; nothing for a test message.</param>
/// <param name="Title">What the duty is called.</param>
/// <param name="At">When it was said (UTC).</param>
/// <param name="Link">Page of the alert.</param>
internal sealed record Notice(string Id, string Kind, AlertState? Alert, string Title, DateTimeOffset At, Uri Link)
{
    /// <summary>What it is about in one line, fit for a lock screen: stage, duty, reference.</summary>
    public string Line => Alert is null ? "Test message: alerts reach you here."
        : Kind == EventCatalogue.Kind<AlertSettled>().Alias ? $"Done: {Title}, child {Alert.Child}"
        : Kind == EventCatalogue.Kind<AlertWithdrawn>().Alias ? $"Withdrawn: {Title}, child {Alert.Child}"
        : $"{Stage(Alert.Stage)}: {Title}, child {Alert.Child}";

    /// <summary>A stage as a line begins.</summary>
    public static string Stage(AlertStage stage) => stage switch
    {
        AlertStage.DueSoon => "Due soon",
        AlertStage.ToKnow => "To know",
        AlertStage.MidPoint => "Half-way point",
        _ => stage.ToString(),
    };
}

/// <summary>What became of an attempt to send.</summary>
/// <param name="IsSent">True when the receiver took it.</param>
/// <param name="Code">Code of what happened, such as <c>http_500</c> or <c>timeout</c>; never anything that the receiver wrote.</param>
/// <param name="IsGone">True when the receiver said that it wants nothing ever again.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
internal sealed record Attempt(bool IsSent, string Code, bool IsGone = false, TimeSpan? RetryAfter = null);

/// <summary>A way of sending. A new one is a class that implements this, in one file under Channels.</summary>
internal interface IChannel
{
    /// <summary>Its name, in subscriptions and logs.</summary>
    string Name { get; }

    /// <summary>What an address of it is, for help and errors, such as "an https address".</summary>
    string AddressIs { get; }

    /// <summary>Why it cannot send here at all, a sentence; nothing when it can.</summary>
    string? WhyOff { get; }

    /// <summary>True for an address that it can send to.</summary>
    bool Takes(string address);

    /// <summary>Sends once. Failure is an answer, not an exception.</summary>
    Task<Attempt> SendAsync(Subscription to, Notice notice, CancellationToken ct);
}
