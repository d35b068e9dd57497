using System.Data;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// Connections that run nothing but the store's own appends. Checking the foreign key of every event costs more than storing it (measured: 9
/// of 17 microseconds) and can only confirm what the append itself has just done: it wrote the stream's row in the same transaction, under
/// the append lock. So where the role may, these connections go without; elsewhere the check is made. Triggers that an operator puts on the
/// event tables must be <c>enable always</c> to fire for them.
/// </summary>
internal static class AppendConnection
{
    /// <summary>Opens one.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand("""
                select set_config('session_replication_role', 'replica', false) where has_parameter_privilege('session_replication_role', 'set')
                """, connection);
            await command.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives it back to the pool as it was.</summary>
    public static async Task CloseAsync(NpgsqlConnection connection)
    {
        try
        {
            if (connection.FullState is ConnectionState.Open)
            {
                await using var reset = new NpgsqlCommand("reset session_replication_role", connection);
                await reset.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // The server is gone, and the setting with it.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }
}
