using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// Sessions that run nothing but the store's own appends. Checking the foreign key of every event costs more than storing it (measured: 9
/// of 17 microseconds) and can only confirm what the append itself has just done: it wrote the stream's row in the same transaction, under
/// the append lock. So where the role may, these go without; elsewhere the check is made. Triggers that an operator puts on the
/// event tables must be <c>enable always</c> to fire for them.
/// </summary>
internal static class AppendSession
{
    /// <summary>Opens one.</summary>
    public static async Task<OwnSession> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var session = await OwnSession.OpenAsync(source, ct);
        try
        {
            await using var command = new NpgsqlCommand("""
                select set_config('session_replication_role', 'replica', false) where has_parameter_privilege('session_replication_role', 'set')
                """, session.Connection);
            await command.ExecuteNonQueryAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
