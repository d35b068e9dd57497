namespace PracticeEvents.App.Hosting;

/// <summary>The virtual clock of a rehearsal: it stands still until it is moved, and it is only ever moved forward. Waiting goes by real time.</summary>
internal sealed class RehearsalClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Moves the clock. False when that would be backwards.</summary>
    public bool MoveTo(DateTimeOffset instant)
    {
        var wanted = instant.UtcTicks;
        var stood = Interlocked.Read(ref ticks);
        while (wanted >= stood)
        {
            var seen = Interlocked.CompareExchange(ref ticks, wanted, stood);
            if (seen == stood)
            {
                return true;
            }

            stood = seen;
        }

        return false;
    }
}
