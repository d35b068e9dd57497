namespace PracticeEvents.App.Hosting;

/// <summary>The machine's clock in whole microseconds, which is what PostgreSQL keeps: an instant reads back as it was written.</summary>
internal sealed class MachineClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
