using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// The session of a loop that looks up the same few things by key, again and again, as long as the service runs. Connections of the pool take turns, and a
/// server process whose turn comes rarely has nothing at hand; this one is always warm. It looks up by index, because a plan that was made and kept while a table was nearly
/// empty would otherwise read it whole when it is full. To plan a look-up takes longer than the look-up, and the server keeps a plan only where it cannot tell how many
/// keys there will be: <c>= any(array(select unnest($1)))</c>, not <c>= any($1)</c>. Not for searches, nor for joins of tables that grow.
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
            await using var settings = new NpgsqlCommand("set enable_seqscan = off; set jit = off", session.Connection);
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
