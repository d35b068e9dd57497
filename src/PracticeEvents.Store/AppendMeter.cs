using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PracticeEvents.Store;

/// <summary>How this node's appends have gone since it started.</summary>
/// <param name="Batches">Commits.</param>
/// <param name="Events">Events in them, those that were known before among them.</param>
/// <param name="MeanMilliseconds">Mean time of a commit, from sending it to its answer.</param>
/// <param name="MeanLockWaitMilliseconds">Mean part of it that was waiting for the append lock.</param>
/// <param name="LastLockWaitMilliseconds">The same, of the last commit.</param>
/// <param name="Waiting">Events that wait to be stored, or are on their way, now.</param>
public sealed record Appending(
    long Batches, long Events, double MeanMilliseconds, double MeanLockWaitMilliseconds, double LastLockWaitMilliseconds, long Waiting)
{
    /// <summary>Events in a commit, on average.</summary>
    public double MeanBatch => Batches == 0 ? 0 : (double)Events / Batches;
}

/// <summary>Counts and times commits, for the meter <c>practice-events</c> and for the health page.</summary>
internal sealed class AppendMeter : IDisposable
{
    private readonly Meter _meter = new("practice-events");
    private readonly Histogram<int> _size;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lockWait;
    private readonly Lock _lock = new();
    private Appending _sum = new(0, 0, 0, 0, 0, 0);

    /// <summary>A meter of one store.</summary>
    /// <param name="waiting">How many events wait now.</param>
    public AppendMeter(Func<long> waiting)
    {
        _size = _meter.CreateHistogram<int>("practice.append.batch", "{event}", "Events in one commit");
        _duration = _meter.CreateHistogram<double>("practice.append.duration", "s", "From sending a batch to its answer");
        _lockWait = _meter.CreateHistogram<double>("practice.append.lock_wait", "s", "Waiting for the append lock");
        _meter.CreateObservableGauge("practice.append.waiting", waiting, "{event}", "Events that wait to be stored or are on their way");
    }

    /// <summary>What was measured so far; <see cref="Appending.Waiting"/> is left at 0.</summary>
    public Appending Sum
    {
        get
        {
            lock (_lock)
            {
                var batches = Math.Max(1, _sum.Batches);
                return _sum with
                {
                    MeanMilliseconds = _sum.MeanMilliseconds / batches,
                    MeanLockWaitMilliseconds = _sum.MeanLockWaitMilliseconds / batches,
                };
            }
        }
    }

    /// <summary>Notes a batch that was stored.</summary>
    /// <param name="began">The stopwatch's timestamp when it was sent.</param>
    /// <param name="events">Events in it.</param>
    /// <param name="waited">How long it waited for the append lock.</param>
    public void Stored(long began, int events, TimeSpan waited)
    {
        var took = Stopwatch.GetElapsedTime(began);
        _size.Record(events);
        _duration.Record(took.TotalSeconds);
        _lockWait.Record(waited.TotalSeconds);
        lock (_lock)
        {
            _sum = new Appending(
                _sum.Batches + 1, _sum.Events + events, _sum.MeanMilliseconds + took.TotalMilliseconds,
                _sum.MeanLockWaitMilliseconds + waited.TotalMilliseconds, waited.TotalMilliseconds, 0);
        }
    }

    public void Dispose() => _meter.Dispose();
}
