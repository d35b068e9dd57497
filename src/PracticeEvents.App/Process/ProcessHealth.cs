namespace PracticeEvents.App.Process;

/// <summary>What the timescale process last said of itself, for the health page: silence is an alarm.</summary>
internal sealed class ProcessHealth(TimeProvider time)
{
    private readonly Lock gate = new();
    private long lastPass;
    private bool everPassed;

    /// <summary>What the process is doing: <c>starting</c>, <c>working</c>, <c>standby</c> or <c>failing</c>.</summary>
    public string State { get; private set; } = "starting";

    /// <summary>Instant of the clock in use at the last pass; nothing before the first.</summary>
    public DateTimeOffset? LastPassAt { get; private set; }

    /// <summary>What went wrong last, while it is failing.</summary>
    public string? Error { get; private set; }

    /// <summary>Real time since the last pass; nothing before the first.</summary>
    public TimeSpan? SincePass
    {
        get
        {
            lock (gate)
            {
                return everPassed ? time.GetElapsedTime(lastPass) : null;
            }
        }
    }

    /// <summary>A pass was completed.</summary>
    public void Passed(DateTimeOffset now)
    {
        lock (gate)
        {
            (State, LastPassAt, Error, lastPass, everPassed) = ("working", now, null, time.GetTimestamp(), true);
        }
    }

    /// <summary>Another node holds the lease.</summary>
    public void Standby()
    {
        lock (gate)
        {
            (State, Error) = ("standby", null);
        }
    }

    /// <summary>A pass failed.</summary>
    public void Failed(string error)
    {
        lock (gate)
        {
            (State, Error) = ("failing", error);
        }
    }
}
