using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// Gathers what concurrent callers want stored into one commit at a time. When idle a call is stored at once; while commits are on their
/// way, the next one gathers. This is what makes one append lock fast enough.
/// </summary>
internal sealed class AppendQueue : IAsyncDisposable
{
    private readonly EventStoreOptions _options;
    private readonly AppendMeter _meter;
    private readonly AppendTries _tries;
    private readonly ILogger _log;
    private readonly Channel<Work[]> _waiting = Channel.CreateUnbounded<Work[]>(new() { SingleReader = true });
    private readonly Queue<Work> _begun = new();
    private readonly ConcurrentStack<AppendLane> _idle = new();
    private readonly SemaphoreSlim _free;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private long _eventsWaiting;
    private long _bytesWaiting;
    private long _moved;

    public AppendQueue(NpgsqlDataSource source, EventStoreOptions options, AppendMeter meter, ILogger log)
    {
        _options = options;
        _meter = meter;
        _tries = new AppendTries(source, options, log);
        _log = log;
        _free = new SemaphoreSlim(options.Lanes);
        _idle.PushRange([.. Enumerable.Range(0, options.Lanes).Select(_ => new AppendLane(source))]);

        _loop = Task.Run(RunAsync);
    }

    /// <summary>Events that wait to be stored or are on their way.</summary>
    public long Depth => Interlocked.Read(ref _eventsWaiting);

    /// <summary>How long nothing was stored or refused although something waits.</summary>
    public TimeSpan Stalled => Depth == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Interlocked.Read(ref _moved));

    public async Task<IReadOnlyList<Receipt>> AddAsync(IReadOnlyList<AppendItem> items, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var call = new object();
        var works = new Work[items.Count];
        int events = 0;
        long bytes = 0;
        for (var i = 0; i < works.Length; i++)
        {
            works[i] = new Work(items[i], items[i].Weight, items[i].Bytes, call, ct);
            events += works[i].Weight;
            bytes += works[i].Bytes;
        }

        if (Depth == 0)
        {
            Moved();
        }

        // One large call is let in when nothing else waits; otherwise it could never be.
        var depth = Interlocked.Add(ref _eventsWaiting, events);
        var size = Interlocked.Add(ref _bytesWaiting, bytes);
        if ((depth > _options.EventsWaiting || size > _options.BytesWaiting) && depth > events)
        {
            Forget(events, bytes);
            throw new StoreBusyException(TimeSpan.FromSeconds(1));
        }

        if (!_waiting.Writer.TryWrite(works))
        {
            throw new StoreUnavailableException(new ObjectDisposedException(nameof(EventStore)));
        }

        return works.Length == 1
            ? [await works[0].Answer.Task.WaitAsync(ct)]
            : await Task.WhenAll(works.Select(work => work.Answer.Task)).WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _tries.Close();
        await _loop;
        for (var i = 0; i < _options.Lanes; i++)
        {
            await (await TakeLaneAsync()).DisposeAsync();
        }

        await _stopping.CancelAsync();
        _stopping.Dispose();
        _free.Dispose();
    }

    private async Task RunAsync()
    {
        var last = Task.CompletedTask;
        object? lastCall = null;
        try
        {
            while (_begun.Count > 0 || await _waiting.Reader.WaitToReadAsync())
            {
                var lane = await TakeLaneAsync();
                var batch = Gather();
                if (batch.Count == 0)
                {
                    Free(lane);
                    continue;
                }

                // What one call brings is stored in its order, however many commits it takes.
                if (batch[0].Call == lastCall)
                {
                    await last;
                }

                last = StoreAsync(lane, batch);
                lastCall = batch[^1].Call;
            }
        }
        catch (Exception stopped)
        {
            _log.AppendStopped(stopped);
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var call))
            {
                Begin(call);
            }

            Fail([.. _begun], new StoreUnavailableException(stopped));
            throw;
        }
    }

    private async Task<AppendLane> TakeLaneAsync()
    {
        await _free.WaitAsync();
        return _idle.TryPop(out var lane) ? lane : throw new InvalidOperationException("A lane is free and there is none.");
    }

    // The last one used is the next one taken, so that a second connection is only opened when one is not enough.
    private void Free(AppendLane lane)
    {
        _idle.Push(lane);
        _free.Release();
    }

    // What one call brings is stored in one commit wherever it fits into one: whoever reads between two commits would take half a story for the whole.
    private List<Work> Gather()
    {
        var batch = new List<Work>();
        var events = 0;
        var bytes = 0L;
        while (_begun.Count > 0
            || (_waiting.Reader.TryPeek(out var next) && HasRoom(next.Sum(work => work.Weight), next.Sum(work => work.Bytes))
                && _waiting.Reader.TryRead(out var call) && Begin(call)))
        {
            while (_begun.TryPeek(out var work) && HasRoom(work.Weight, work.Bytes))
            {
                _begun.Dequeue();
                if (work.Cancelled.IsCancellationRequested)
                {
                    Forget(work.Weight, work.Bytes);
                    work.Answer.TrySetCanceled(work.Cancelled);
                    continue;
                }

                events += work.Weight;
                bytes += work.Bytes;
                batch.Add(work);
            }

            if (_begun.Count > 0)
            {
                break;
            }
        }

        return batch;

        bool HasRoom(int moreEvents, long moreBytes) => batch.Count == 0 || (events + moreEvents <= _options.EventsPerCommit && bytes + moreBytes <= _options.BytesPerCommit);
    }

    private bool Begin(Work[] call)
    {
        foreach (var work in call)
        {
            _begun.Enqueue(work);
        }

        return true;
    }

    private async Task StoreAsync(AppendLane lane, List<Work> batch)
    {
        await Task.Yield();
        try
        {
            await StoreOrSplitAsync(lane, batch);
        }
        finally
        {
            Free(lane);
        }
    }

    private async Task StoreOrSplitAsync(AppendLane lane, IReadOnlyList<Work> batch)
    {
        try
        {
            var laidOut = new AppendBatch([.. batch.Select(work => work.Item)]);
            var began = Stopwatch.GetTimestamp();
            var (receipts, waited) = await _tries.RunAsync(lane, laidOut, _stopping.Token);
            _meter.Stored(began, laidOut.Events, waited);
            Moved();
            for (var i = 0; i < batch.Count; i++)
            {
                // First, so that nothing waits any more of which the caller has its answer.
                Forget(batch[i].Weight, batch[i].Bytes);
                batch[i].Answer.TrySetResult(receipts[i]);
            }
        }
        catch (Exception error) when (Transient.Is(error))
        {
            _log.AppendUnavailable(batch.Count, Transient.StateOf(error));
            Fail(batch, new StoreUnavailableException(error));
        }
        catch (Exception error) when (batch.Count > 1)
        {
            // One of them is at fault; its neighbours must not pay for it.
            _log.BatchSplit(batch.Count, Transient.StateOf(error));
            foreach (var work in batch)
            {
                await StoreOrSplitAsync(lane, [work]);
            }
        }
        catch (PostgresException error) when (batch[0].Item is { Kept: true, Refusal: null } item)
        {
            _log.DeliveryRefused(error.SqlState);
            var refused = item with
            {
                Delivery = item.Delivery with { Replays = null },
                Refusal = $"The database could not hold it (SQLSTATE {error.SqlState}).",
                Events = [],
            };
            await StoreOrSplitAsync(lane, [batch[0] with { Item = refused }]);
        }
        catch (Exception error)
        {
            _log.DeliveryRefused(Transient.StateOf(error));
            Fail(batch, error);
        }
    }

    private void Moved() => Interlocked.Exchange(ref _moved, Stopwatch.GetTimestamp());

    private void Forget(long events, long bytes)
    {
        Interlocked.Add(ref _eventsWaiting, -events);
        Interlocked.Add(ref _bytesWaiting, -bytes);
    }

    private void Fail(IReadOnlyList<Work> batch, Exception error)
    {
        Moved();
        foreach (var work in batch)
        {
            Forget(work.Weight, work.Bytes);
            work.Answer.TrySetException(error);
        }
    }

    private sealed record Work(AppendItem Item, int Weight, long Bytes, object Call, CancellationToken Cancelled)
    {
        public TaskCompletionSource<Receipt> Answer { get; init; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
