namespace PracticeEvents.Domain.Events;

/// <summary>A manager looked at alerts or teams in the service. Noted once for each London date, in the stream of that worker, for the
/// measure of who uses what keeps work from drifting.</summary>
[AppendedHere]
public sealed record DashboardOpened : PracticeEvent
{
    /// <summary>The worker who looked.</summary>
    public required string Worker { get; init; }
}
