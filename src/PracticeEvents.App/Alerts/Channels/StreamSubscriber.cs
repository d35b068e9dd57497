using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using PracticeEvents.App.Access;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>One thing said on the feed, with what decides who may hear it. Written out once, for all who hear it.</summary>
/// <param name="entry">The entry.</param>
/// <param name="child">The child as it stands; nothing where nobody asked.</param>
/// <param name="structure">Teams and workers as they stand.</param>
/// <param name="rules">The rules, for their titles.</param>
internal sealed class Heard(FeedEntry entry, ChildRow? child, Structure structure, RuleBook rules)
{
    private readonly long lookedUp = Stopwatch.GetTimestamp();
    private string? message;

    /// <summary>True when who may hear it was asked a while ago.</summary>
    public bool IsOld => Stopwatch.GetElapsedTime(lookedUp) > TimeSpan.FromSeconds(1);

    public FeedEntry Entry => entry;

    public ChildRow? Child => child;

    public Structure Structure => structure;

    /// <summary>The message as it goes over the wire.</summary>
    public string Message => message ??= string.Create(
        CultureInfo.InvariantCulture, $"id: {entry.Position}\nevent: {(entry.Child.Length == 0 ? "digest" : "alert")}\ndata: {Data}\n\n");

    private string Data => entry.Alert is { } alert ? JsonSerializer.Serialize(AlertJson.Of(alert, rules), ApiJson.Options) : entry.State;
}

/// <summary>Somebody who listens, and what waits to be sent to them.</summary>
/// <param name="user">Who.</param>
/// <param name="scope">Whose alerts: <c>team</c>, <c>service</c>, <c>watching</c> or <c>all</c> that they may see; else their own.</param>
internal sealed class StreamSubscriber(ClaimsPrincipal user, string? scope)
{
    private const int MostWaiting = 1000;

    private Channel<Heard> waiting = Make();
    private Sight? sight;

    private sealed record Sight(Structure Structure, bool HasLeft, Func<ChildRow, bool> Holds);

    /// <summary>Worker id.</summary>
    public string Worker { get; } = user.Identity?.Name ?? "";

    /// <summary>True for one who listens to more than their own.</summary>
    public bool IsWide { get; } = scope is "team" or "service" or "watching" or "all";

    /// <summary>Opens a new line: what is said from now on waits in it.</summary>
    public ChannelReader<Heard> Open() => (waiting = Make()).Reader;

    /// <summary>Puts something in line if the subscriber may hear it. A line that is full is closed; what it lacks is on the feed.</summary>
    public void Say(Heard heard)
    {
        if (MayHear(heard) && !waiting.Writer.TryWrite(heard))
        {
            waiting.Writer.TryComplete();
        }
    }

    /// <summary>Closes the line.</summary>
    public void End() => waiting.Writer.TryComplete();

    /// <summary>True for what the subscriber listens to and may be told of at this moment.</summary>
    public bool MayHear(Heard heard)
    {
        if (heard.Entry.Recipient != Worker && (!IsWide || heard.Child is null))
        {
            return false;
        }

        var now = sight;
        if (now?.Structure != heard.Structure)
        {
            var viewer = Viewer.Of(user, heard.Structure);
            sight = now = new Sight(heard.Structure, viewer.HasLeft, IsWide ? AlertScope.Of(scope!, viewer).Holds : _ => false);
        }

        return !now.HasLeft && (heard.Entry.Recipient == Worker || now.Holds(heard.Child!));
    }

    private static Channel<Heard> Make() => Channel.CreateBounded<Heard>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });
}
