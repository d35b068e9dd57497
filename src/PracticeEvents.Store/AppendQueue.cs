using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// Gathers what concurrent callers want stored into one commit at a time. When idle a call is stored at once; while a commit is on its
/// way, the next one gathers. This is what makes one append lock fast enough.
/// </summary>
internal sealed class AppendQueue : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly EventStoreOptions _options;
    private readonly ILogger _log;
    private readonly Channel<Work> _waiting = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private long _eventsWaiting;
    private long _bytesWaiting;
    private bool _away;

    public AppendQueue(NpgsqlDataSource source, EventStoreOptions options, ILogger log)
    {
        _source = source;
        _options = options;
        _log = log;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Events that wait to be stored.</summary>
    public long Depth => Interlocked.Read(ref _eventsWaiting);

    public async Task<IReadOnlyList<Receipt>> AddAsync(IReadOnlyList<AppendCommand.Item> items, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var works = items.Select(item => new Work(item, ct)).ToList();
        var events = works.Sum(work => work.Weight);
        var bytes = works.Sum(work => work.Bytes);

        // One large call is let in when nothing else waits; otherwise it could never be.
        var depth = Interlocked.Add(ref _eventsWaiting, events);
        var size = Interlocked.Add(ref _bytesWaiting, bytes);
        if ((depth > _options.EventsWaiting || size > _options.BytesWaiting) && depth > events)
        {
            Interlocked.Add(ref _eventsWaiting, -events);
            Interlocked.Add(ref _bytesWaiting, -bytes);
            throw new StoreBusyException(TimeSpan.FromSeconds(1));
        }

        foreach (var work in works)
        {
            if (!_waiting.Writer.TryWrite(work))
            {
                throw new StoreUnavailableException(new ObjectDisposedException(nameof(EventStore)));
            }
        }

        return await Task.WhenAll(works.Select(work => work.Answer.Task)).WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync())
            {
                var batch = Gather();
                if (batch.Count > 0)
                {
                    await StoreAsync(batch);
                }
            }
        }
        catch (Exception stopped)
        {
            _log.AppendStopped(stopped);
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var work))
            {
                work.Answer.TrySetException(new StoreUnavailableException(stopped));
            }

            throw;
        }
    }

    private List<Work> Gather()
    {
        var batch = new List<Work>();
        var events = 0;
        var bytes = 0L;
        while (_waiting.Reader.TryPeek(out var next)
            && (batch.Count == 0 || (events + next.Weight <= _options.EventsPerCommit && bytes + next.Bytes <= _options.BytesPerCommit))
            && _waiting.Reader.TryRead(out var work))
        {
            Interlocked.Add(ref _eventsWaiting, -work.Weight);
            Interlocked.Add(ref _bytesWaiting, -work.Bytes);
            if (work.Cancelled.IsCancellationRequested)
            {
                work.Answer.TrySetCanceled(work.Cancelled);
                continue;
            }

            events += work.Weight;
            bytes += work.Bytes;
            batch.Add(work);
        }

        return batch;
    }

    private async Task StoreAsync(IReadOnlyList<Work> batch)
    {
        try
        {
            Answer(batch, await TryAsync([.. batch.Select(work => work.Item)]));
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
                await StoreAsync([work]);
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
            await StoreAsync([batch[0] with { Item = refused }]);
        }
        catch (Exception error)
        {
            _log.DeliveryRefused(Transient.StateOf(error));
            Fail(batch, error);
        }
    }

    /// <summary>
    /// A commit whose answer was lost is simply sent again: every event has its permanent key, so what was stored comes back as a duplicate.
    /// </summary>
    private async Task<IReadOnlyList<Receipt>> TryAsync(IReadOnlyList<AppendCommand.Item> items)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(_stopping.Token);
                var receipts = await AppendCommand.RunAsync(connection, null, items, _stopping.Token);
                _away = false;
                return receipts;
            }
            catch (Exception error) when (Transient.Is(error))
            {
                if (error is not PostgresException)
                {
                    // One broken connection means that the pool's others are most likely broken too.
                    _source.Clear();
                }

                // While the database is known to be away, callers are told at once.
                if (_away || attempt >= _options.Tries)
                {
                    _away = true;
                    throw;
                }

                _log.AppendRetried(items.Count, attempt, Transient.StateOf(error));
                await Task.Delay(_options.FirstRetryAfter * Math.Pow(2, attempt - 1), _stopping.Token);
            }
        }
    }

    private static void Answer(IReadOnlyList<Work> batch, IReadOnlyList<Receipt> receipts)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Answer.TrySetResult(receipts[i]);
        }
    }

    private static void Fail(IReadOnlyList<Work> batch, Exception error)
    {
        foreach (var work in batch)
        {
            work.Answer.TrySetException(error);
        }
    }

    private sealed record Work(AppendCommand.Item Item, CancellationToken Cancelled)
    {
        public TaskCompletionSource<Receipt> Answer { get; init; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Weight { get; } = Math.Max(1, Item.Events.Count);

        public long Bytes { get; } = Item.Delivery.Body.Length + Item.Events.Sum(e => (long)e.Event.Data.Length);
    }
}
