using Microsoft.Extensions.Logging;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// Tells waiters that there may be something to do, on whatever node it came up. One connection listens for the whole node, on the channel
/// <c>practice_events</c>. A notice with a position says that events were appended up to it, <c>said</c> that word for people came up, and an
/// empty one that it may be anything: nobody is woken by every sender's event who does not read events.
/// </summary>
public sealed class Notifications : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _listening;

    /// <summary>Starts to listen.</summary>
    public Notifications(NpgsqlDataSource source, ILogger<Notifications> log)
    {
        _source = source;
        _log = log;
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>A notice that there is word for people.</summary>
    public const string WordForPeople = "said";

    /// <summary>Events may have been appended, or it may be anything.</summary>
    public Notice Events { get; } = new();

    /// <summary>There may be word for people, or it may be anything.</summary>
    public Notice Said { get; } = new();

    /// <summary>It may be anything: a message in line, a clock that was moved.</summary>
    public Notice Anything { get; } = new();

    /// <summary>Wakes every waiter of this node, as a notice would.</summary>
    public void Wake()
    {
        Events.Wake();
        Said.Wake();
        Anything.Wake();
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
                await using var session = await OwnSession.OpenAsync(_source, _stopping.Token);
                session.Connection.Notification += (_, said) => Heard(said.Payload);
                await using (var listen = new NpgsqlCommand("listen practice_events", session.Connection))
                {
                    await listen.ExecuteNonQueryAsync(_stopping.Token);
                }

                // What was said while nobody listened is not known.
                Wake();
                pause = TimeSpan.FromMilliseconds(100);
                while (true)
                {
                    await session.Connection.WaitAsync(_stopping.Token);
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

    private void Heard(string payload)
    {
        if (payload.Length > 0 && char.IsAsciiDigit(payload[0]))
        {
            Events.Wake();
        }
        else if (payload == WordForPeople)
        {
            Said.Wake();
        }
        else
        {
            Wake();
        }
    }
}
