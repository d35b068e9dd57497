using Microsoft.Extensions.Logging;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// Tells waiters that events may have been appended, by any node. One connection listens for the whole node. It is a hint that saves
/// polling: a waiter always wakes after the time it gives, so a lost notice costs time and nothing else.
/// </summary>
public sealed class Notifications : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _listening;
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();
    private long _count;

    /// <summary>Starts to listen.</summary>
    public Notifications(NpgsqlDataSource source, ILogger<Notifications> log)
    {
        _source = source;
        _log = log;
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>How many notices there have been. Read it before looking for work, and give it to
    /// <see cref="WaitAsync(long, TimeSpan, TimeProvider?, CancellationToken)"/>, so that one which comes in between is not slept
    /// through.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Waits for the next notice, or for as long as given.</summary>
    public Task WaitAsync(TimeSpan atMost, TimeProvider? time = null, CancellationToken ct = default) => WaitAsync(Count, atMost, time, ct);

    /// <summary>Waits until there have been more notices than the count given, or for as long as given.</summary>
    public async Task WaitAsync(long since, TimeSpan atMost, TimeProvider? time = null, CancellationToken ct = default)
    {
        Task next;
        lock (_gate)
        {
            next = _count > since ? Task.CompletedTask : _next.Task;
        }

        try
        {
            await next.WaitAsync(atMost, time ?? TimeProvider.System, ct);
        }
        catch (TimeoutException)
        {
            // Nothing came: the waiter looks anyway.
        }
    }

    /// <summary>Wakes every waiter of this node, as a notice would: for a clock that was moved, or work that is not an event.</summary>
    public void Wake()
    {
        TaskCompletionSource woken;
        lock (_gate)
        {
            _count++;
            woken = _next;
            _next = New();
        }

        woken.TrySetResult();
    }

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        _stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(_stopping.Token);
                connection.Notification += (_, _) => Wake();
                await using (var listen = new NpgsqlCommand("listen practice_events", connection))
                {
                    await listen.ExecuteNonQueryAsync(_stopping.Token);
                }

                // What was said while nobody listened is not known.
                Wake();
                pause = TimeSpan.FromMilliseconds(100);
                while (true)
                {
                    await connection.WaitAsync(_stopping.Token);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or ObjectDisposedException)
            {
                _log.ListenLost(Transient.StateOf(error));
                await Task.Delay(pause, _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = TimeSpan.FromMilliseconds(Math.Min(5000, pause.TotalMilliseconds * 2));
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
