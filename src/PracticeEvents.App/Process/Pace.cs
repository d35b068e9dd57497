using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>How many children a pass takes on: as many as were lately worked through in less than a tenth of a second. What a pass appends holds up
/// every sender until it commits, so that no pass may grow long, whatever falls due in one second; and a pass of one child costs nearly as much as
/// one of ten. A process that works alone holds nobody up.</summary>
internal sealed class Pace
{
    private const int Least = 10;
    private const int Most = 1000;

    private static readonly TimeSpan BesideSenders = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(1);

    private TimeSpan aim = BesideSenders;

    /// <summary>As many children as the next pass takes on.</summary>
    public int Children { get; private set; } = 100;

    /// <summary>How many of some events, from the first, concern no more children than that.</summary>
    public int Within(IReadOnlyList<StoredEvent> events)
    {
        var children = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < events.Count; n++)
        {
            if (events[n].Stream.StartsWith(ChildPicture.StreamPrefix, StringComparison.Ordinal) && children.Add(events[n].Stream) && children.Count > Children)
            {
                return n;
            }
        }

        return events.Count;
    }

    /// <summary>Says that nobody sends or reads meanwhile.</summary>
    public void WorkAlone() => aim = Alone;

    /// <summary>Says how long a pass took.</summary>
    /// <param name="children">As many as it worked through.</param>
    /// <param name="time">How long it took.</param>
    public void Took(int children, TimeSpan time)
    {
        var fitting = (int)Math.Min(Most, children * (aim / time));
        if (time > aim || children >= Children)
        {
            // Never more than twice or less than a half of what it was: one pass that waited for the disk says little.
            Children = Math.Clamp(Math.Clamp(fitting, Children / 2, Children * 2), Least, Most);
        }
    }
}
