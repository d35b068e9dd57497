using System.Diagnostics.Metrics;
using PracticeEvents.App.Hosting;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>What the timescale process of this node last said of itself, for the health page and as metrics: silence is an alarm.</summary>
internal sealed class ProcessHealth : IDisposable
{
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Meter meter = new(TelemetrySetup.Name);
    private readonly Histogram<double> lateness;
    private readonly Counter<long> events;
    private readonly Counter<long> children;
    private long lastBeat;
    private long lastPass;

    public ProcessHealth(TimeProvider time)
    {
        this.time = time;
        lastBeat = lastPass = time.GetTimestamp();
        lateness = meter.CreateHistogram<double>("practice.timer.lateness", "s", "From the instant a timer was due until its work was committed");
        events = meter.CreateCounter<long>("practice.process.events", "{event}", "Events worked through");
        children = meter.CreateCounter<long>("practice.process.children", "{child}", "Children worked out");
        meter.CreateObservableGauge("practice.process.since_pass", () => SincePass.TotalSeconds, "s", "Since the last completed pass");
    }

    /// <summary>What the process is doing: <c>starting</c>, <c>working</c>, <c>standby</c> or <c>failing</c>.</summary>
    public string State { get; private set; } = "starting";

    /// <summary>Instant of the clock in use at the last pass; nothing before the first.</summary>
    public DateTimeOffset? LastPassAt { get; private set; }

    /// <summary>What went wrong last, while it is failing.</summary>
    public string? Error { get; private set; }

    /// <summary>How late the latest batch of timers was worked on, at worst; nothing before the first.</summary>
    public TimeSpan? LastLateness { get; private set; }

    /// <summary>Real time since the last pass, or since the start.</summary>
    public TimeSpan SincePass => Since(ref lastPass);

    /// <summary>Real time since this node last said that it is alive, or since the start.</summary>
    public TimeSpan SinceBeat => Since(ref lastBeat);

    /// <summary>The node said that it is alive.</summary>
    public void Beat() => Volatile.Write(ref lastBeat, time.GetTimestamp());

    /// <summary>A pass was completed, whether there was anything to do or not.</summary>
    public void Passed(DateTimeOffset now)
    {
        Volatile.Write(ref lastPass, time.GetTimestamp());
        lock (gate)
        {
            (State, LastPassAt, Error) = ("working", now, null);
        }
    }

    /// <summary>Work was committed.</summary>
    public void Worked(int newEvents, int lookedAt, IReadOnlyList<DueTimer> due, DateTimeOffset now)
    {
        events.Add(newEvents);
        children.Add(lookedAt);
        foreach (var timer in due)
        {
            lateness.Record((now - timer.DueAt).TotalSeconds);
        }

        if (due.Count > 0)
        {
            LastLateness = now - due.Min(t => t.DueAt);
        }
    }

    /// <summary>Other nodes hold every share.</summary>
    public void Standby()
    {
        Volatile.Write(ref lastPass, time.GetTimestamp());
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

    public void Dispose() => meter.Dispose();

    private TimeSpan Since(ref long stamp) => time.GetElapsedTime(Volatile.Read(ref stamp));
}
