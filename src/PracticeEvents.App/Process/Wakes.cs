using System.Globalization;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>When a child must be looked at again: one timer for each open duty, at its next step; one for each reminder; and one for the next day on
/// which somebody who may be told of the child goes away or comes back.</summary>
internal static class Wakes
{
    private const string People = "people";

    /// <summary>The child's timers after an instant, keyed by rule and occurrence, so that a duty that moves moves its timer.</summary>
    /// <param name="child">The child.</param>
    /// <param name="told">Every alert of the child so far.</param>
    /// <param name="routing">Who is told, as things stand.</param>
    /// <param name="now">UTC instant.</param>
    public static IEnumerable<DueTimer> Of(ChildPicture child, IReadOnlyCollection<AlertState> told, Routing routing, DateTimeOffset now)
    {
        var any = false;
        foreach (var duty in child.Duties.Where(d => d.Outcome is Outcome.Open))
        {
            any = true;
            if (Escalation.Next(duty, told, now) is { } next)
            {
                yield return new DueTimer(child.Child, Key(duty.Rule.Id, duty.Occurrence), next);
            }
        }

        foreach (var alert in told)
        {
            if (Reminders.At(alert, child.Duties) is { } at && at > now)
            {
                yield return new DueTimer(child.Child, $"remind/{alert.Id}", at);
            }
        }

        if (any && routing.NextChange(told.SelectMany(a => a.PassedTo is { } to ? [a.To, to] : a.IsLive ? (IEnumerable<string>)[a.To] : [])) is { } day)
        {
            yield return new DueTimer(child.Child, People, London.StartOf(day).ToUniversalTime());
        }
    }

    /// <summary>The key of a duty's timer.</summary>
    public static string Key(string rule, Guid occurrence) => string.Create(CultureInfo.InvariantCulture, $"{rule}/{occurrence:N}");
}
