using System.Data;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// A connection on which settings of the session are changed, locks of the session are taken or notices are listened to. Connections go back to the pool
/// without being reset, which would cost seven statements each time: whoever changes a session takes one of these, which goes back as it came, or not at all.
/// Its transactions end before it is disposed of: what is reset within one would be undone with it.
/// </summary>
public sealed class OwnSession : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private OwnSession(NpgsqlDataSource source, NpgsqlConnection connection)
    {
        _source = source;
        Connection = connection;
    }

    /// <summary>The connection.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Whether the server still answers on it.</summary>
    public bool IsOpen => Connection.FullState.HasFlag(ConnectionState.Open);

    /// <summary>Opens one.</summary>
    public static async Task<OwnSession> OpenAsync(NpgsqlDataSource source, CancellationToken ct = default) =>
        new(source, await source.OpenConnectionAsync(ct));

    /// <summary>Gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (IsOpen)
            {
                await using var reset = new NpgsqlCommand("select pg_advisory_unlock_all(); unlisten *; reset all", Connection);
                await reset.ExecuteNonQueryAsync();
            }
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The server is gone, and the session with it; or it does not answer, and then no connection that is open now may be used by another.
            _source.Clear();
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }
}
