using Npgsql;
using PracticeEvents.Store;

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

    /// <summary>Carries writes out that answer nothing, and then asks something, if there is anything to ask.</summary>
    public static async Task<T?> WriteAsync<T>(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, Query<T>? last, CancellationToken ct)
    {
        if (last is null)
        {
            await WriteAsync(connection, commands, ct);
            return default;
        }

        await using var batch = Of(connection, [.. commands, last.Command]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await last.Read(reader, ct);
    }

    /// <summary>Carries the last writes of the transaction out and commits it: in one round trip, because after an append every appender waits until then.</summary>
    public static Task CommitAsync(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, CancellationToken ct) =>
        WriteAsync(connection, commands.Append(new("commit")), ct);
}
