using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// The session of a loop that looks up the same few things by key, again and again, as long as the service runs. Connections of the pool take turns, and a
/// server process whose turn comes rarely has nothing at hand; this one is always warm. Its plans are made once, and made so that they hold for full tables also
/// when they are made while a table is still empty: to plan a look-up anew takes longer than the look-up. Not for searches, where the best way depends on what is sought.
/// </summary>
/// <param name="source">The database.</param>
public sealed class LoopSession(NpgsqlDataSource source) : IAsyncDisposable
{
    private OwnSession? _session;

    /// <summary>The loop's connection; another one if the server has ended it. For one user at a time, who does not dispose of it.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct = default)
    {
        if (_session is { IsOpen: true })
        {
            return _session.Connection;
        }

        await DisposeAsync();
        var session = await OwnSession.OpenAsync(source, ct);
        try
        {
            await using var settings = new NpgsqlCommand("set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off", session.Connection);
            await settings.ExecuteNonQueryAsync(ct);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        _session = session;
        return session.Connection;
    }

    /// <summary>Gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }
}
