using System.Globalization;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>When a child must be looked at again: one timer for each open duty, at its next step.</summary>
internal static class Wakes
{
    /// <summary>The child's timers after an instant, keyed by rule and occurrence, so that a duty that moves moves its timer.</summary>
    public static IEnumerable<DueTimer> Of(ChildPicture child, DateTimeOffset now) =>
        from duty in child.Duties
        where duty.Outcome is Outcome.Open
        let next = duty.Nudges.FirstOrDefault(n => n.At > now)
        where next is not null
        select new DueTimer(child.Child, Key(duty.Rule.Id, duty.Occurrence), next.At);

    /// <summary>The key of a duty's timer.</summary>
    public static string Key(string rule, Guid occurrence) => string.Create(CultureInfo.InvariantCulture, $"{rule}/{occurrence:N}");
}
