namespace PracticeEvents.App.Alerts.Sending;

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

    /// <summary>True when people read what it sends: they are sent as few messages as can be, when they want them, and nothing that is over by then.
    /// A system is sent everything, in order, one by one.</summary>
    bool IsForPeople => true;

    /// <summary>True when others than the subscriber read it, as a room does: nothing comes by it that was not asked for.</summary>
    bool IsShared => false;

    /// <summary>True for an address that it can send to.</summary>
    bool Takes(string address);

    /// <summary>Sends once. Failure is an answer, not an exception.</summary>
    Task<Attempt> SendAsync(Subscription to, Notice notice, CancellationToken ct);
}

/// <summary>Asks of all channels at once.</summary>
internal static class ChannelList
{
    /// <summary>The names of those that reach one person alone and can send here.</summary>
    public static IReadOnlySet<string> Personal(this IEnumerable<IChannel> channels) =>
        channels.Where(c => c is { IsForPeople: true, IsShared: false, WhyOff: null }).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
}
