using System.Text.Json;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Everything that follows from what is known of one child: the facts, where the child stands, and every duty.</summary>
/// <param name="Child">Child reference.</param>
/// <param name="Recorded">All facts as recorded, corrections among them, in order of arrival.</param>
/// <param name="History">The facts that stand.</param>
/// <param name="Situation">Where the child stands.</param>
/// <param name="Duties">Every duty that is or was running, notices among them.</param>
internal sealed record ChildPicture(
    string Child, IReadOnlyList<Fact> Recorded, History History, ChildSituation Situation, IReadOnlyList<Obligation> Duties)
{
    /// <summary>Prefix of a child's stream.</summary>
    public const string StreamPrefix = "child-";

    /// <summary>The picture of a child from the events of its stream.</summary>
    /// <exception cref="UnreadableEventException">The record cannot be worked through.</exception>
    public static ChildPicture Of(string child, IReadOnlyList<StoredEvent> events, RuleBook rules) => Of(child, RecordedFacts.Of(events).Facts, rules);

    /// <summary>The picture of a child from the facts recorded, in order of arrival.</summary>
    /// <exception cref="UnreadableEventException">The record cannot be worked through.</exception>
    public static ChildPicture Of(string child, IReadOnlyList<Fact> recorded, RuleBook rules)
    {
        try
        {
            var history = History.Of(recorded);
            return new ChildPicture(child, recorded, history, ChildSituation.Of(history), Obligations.For(history, rules));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or OverflowException)
        {
            // Each event can be read, and together they make no sense: a correction that came before its event, with a body that cannot be.
            throw new UnreadableEventException($"The record cannot be worked through: {e.Message}");
        }
    }

    /// <summary>The picture of a child whose record cannot be worked through: of what can be read, and without the corrections where those are what is wrong. It says who works
    /// with the child, not what is due. Nothing when that makes no sense either; never an error.</summary>
    public static ChildPicture? OfTheRest(string child, IReadOnlyList<Fact> readable, RuleBook rules)
    {
        IReadOnlyList<Fact> uncorrected = [.. readable.Where(f => f.Event is not Corrected)];
        return Try(() => Of(child, readable, rules)) ?? Try(() => Of(child, uncorrected, rules)) ?? Try(() => WithoutDuties(child, uncorrected));
    }

    private static ChildPicture WithoutDuties(string child, IReadOnlyList<Fact> recorded)
    {
        var history = History.Of(recorded);
        return new ChildPicture(child, recorded, history, ChildSituation.Of(history), []);
    }

    // Whatever was wrong once may be wrong again.
    private static ChildPicture? Try(Func<ChildPicture> of)
    {
        try
        {
            return of();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The stream of a child.</summary>
    public static string StreamOf(string child) => StreamPrefix + child;
}
