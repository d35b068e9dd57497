using Npgsql;

namespace PracticeEvents.App.Process;

/// <summary>Writes that go to the database together, in one round trip.</summary>
internal static class Batches
{
    /// <summary>A batch of writes within a transaction.</summary>
    public static NpgsqlBatch Of(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>Carries writes out; nothing when there are none.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, CancellationToken ct)
    {
        await using var batch = Of(connection, commands);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
    }
}
