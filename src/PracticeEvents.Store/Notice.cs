namespace PracticeEvents.Store;

/// <summary>A hint that there may be something to do. It saves polling: a waiter always wakes after the time it gives, so a lost one costs time and nothing else.</summary>
public sealed class Notice
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();
    private long _count;

    /// <summary>How often there was one. Read it before looking for work, and give it to
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

    /// <summary>Waits for the next, or for as long as given.</summary>
    public Task WaitAsync(TimeSpan atMost, TimeProvider? time = null, CancellationToken ct = default) => WaitAsync(Count, atMost, time, ct);

    /// <summary>Waits until there have been more than the count given, or for as long as given.</summary>
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

    /// <summary>Wakes every waiter.</summary>
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

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
