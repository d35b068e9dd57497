using Microsoft.Extensions.Logging;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>Tries a batch again while that can help.</summary>
internal sealed class AppendTries(NpgsqlDataSource source, EventStoreOptions options, ILogger log)
{
    private volatile bool _away;
    private volatile bool _closing;

    /// <summary>From here on a batch that does not get the append lock in time is given up.</summary>
    public void Close() => _closing = true;

    /// <summary>
    /// A commit whose answer was lost is simply sent again: every event has its permanent id, so what was stored comes back as a duplicate.
    /// </summary>
    public async Task<(IReadOnlyList<Receipt> Receipts, TimeSpan Waited)> RunAsync(AppendLane lane, AppendBatch batch, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await lane.RunAsync(batch, ct);
                _away = false;
                return stored;
            }
            catch (NpgsqlException error) when (error.InnerException is TimeoutException && lane.IsOpen && !_closing)
            {
                // The server is there and took the call back: someone holds the append lock. That is no failure of this batch, which goes on waiting.
                log.AppendHeldUp(batch.Events);
                attempt--;
            }
            catch (Exception error) when (Transient.IsLostConnection(error) && !lane.IsFresh)
            {
                // A connection that was kept since the last batch has died meanwhile, which says nothing of the database now.
                await lane.CloseAsync();
                attempt--;
            }
            catch (Exception error) when (Transient.Is(error))
            {
                if (error is not PostgresException)
                {
                    // One broken connection means that the pool's others are most likely broken too.
                    source.Clear();
                }

                // While the database is known to be away, callers are told at once.
                if (_away || attempt >= options.Tries || (_closing && error.InnerException is TimeoutException))
                {
                    _away = true;
                    throw;
                }

                log.AppendRetried(batch.Events, attempt, Transient.StateOf(error));
                await Task.Delay(options.FirstRetryAfter * Math.Pow(2, attempt - 1), ct);
            }
        }
    }
}
