using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Brings filled tables up to the head of the log: the streams that got an event since are worked out once more.</summary>
/// <param name="source">The database.</param>
/// <param name="store">The log.</param>
/// <param name="recipe">What is made.</param>
/// <param name="alike">The tables that are live with the same columns.</param>
/// <param name="log">Where it is said which stream cannot be worked through.</param>
internal sealed class CatchUp(NpgsqlDataSource source, EventStore store, IRecipe recipe, IReadOnlyList<RebuiltTable> alike, ILogger log)
{
    private const int StreamsAtOnce = 250;

    /// <summary>The position up to which the tables hold what follows from every event.</summary>
    public long Position { get; set; }

    /// <summary>Streams whose events cannot be worked through, and whose rows stay as they were.</summary>
    public HashSet<string> Stopped { get; } = new(StringComparer.Ordinal);

    /// <summary>Works out once more which streams got an event after the position, and moves it to the head.</summary>
    /// <returns>How many streams there were.</returns>
    public async Task<int> RunAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // Positions are given in the order of commits: whatever stands at or before the head can be read.
        var head = await store.HeadAsync(ct);
        var streams = await ChangedAsync(head, ct);
        await ReplaceAllAsync(connection, streams, ct);
        Position = head;
        return streams.Count;
    }

    /// <summary>Puts the rows of some streams, as they follow from all their events, in the place of those that the tables hold. A few streams are in memory at a time.</summary>
    public async Task ReplaceAllAsync(NpgsqlConnection connection, IEnumerable<string> streams, CancellationToken ct)
    {
        foreach (var some in streams.Chunk(StreamsAtOnce))
        {
            await ReplaceAsync(connection, some, ct);
        }
    }

    private async Task ReplaceAsync(NpgsqlConnection connection, IReadOnlyCollection<string> streams, CancellationToken ct)
    {
        var rows = recipe.Tables.Select(_ => new List<object?[]>()).ToList();
        var (read, stopped) = (await store.ReadStreamsAsync(streams, ct: ct), new List<List<StoredEvent>>());
        foreach (var stream in read.Values)
        {
            try
            {
                var made = recipe.Rows(stream).Select(r => r.ToList()).ToList();
                for (var i = 0; i < rows.Count; i++)
                {
                    rows[i].AddRange(made[i]);
                }

                Stopped.Remove(stream[0].Stream);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.StreamNotRebuilt(e, stream[0].Stream);
                Stopped.Add(stream[0].Stream);
                stopped.Add(stream);
            }
        }

        foreach (var (table, made) in recipe.Tables.Zip(rows))
        {
            await DeleteAsync(connection, table, read.Values, ct);
            await table.CopyInto(ShadowTables.Next).WriteAsync(connection, made, ct);
            if (alike.Contains(table))
            {
                await KeepAsync(connection, table, stopped, ct);
            }
        }
    }

    private async Task<List<string>> ChangedAsync(long head, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"""
            select distinct stream_id from public.mt_events
            where seq_id > $1 and seq_id <= $2 and starts_with(stream_id, $3) {(recipe.Events.Types is null ? "" : "and type = any($4)")}
            """);
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue(Position);
        command.Parameters.AddWithValue(head);
        command.Parameters.AddWithValue(recipe.Events.Prefix);
        if (recipe.Events.Types is { } types)
        {
            command.Parameters.AddWithValue(types.ToArray());
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var streams = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            streams.Add(reader.GetString(0));
        }

        return streams;
    }

    private static Task DeleteAsync(NpgsqlConnection connection, RebuiltTable table, IEnumerable<List<StoredEvent>> streams, CancellationToken ct) =>
        RunAsync(connection, $"delete from {ShadowTables.Next}.{table.Name} where {table.Owner.Column} = any($1::{table.Owner.SqlType}[])", table, streams, ct);

    // A child whose record cannot be worked through keeps the rows it had: nobody vanishes from a page because of one event.
    private static Task KeepAsync(NpgsqlConnection connection, RebuiltTable table, IEnumerable<List<StoredEvent>> streams, CancellationToken ct) => RunAsync(
        connection,
        $"insert into {ShadowTables.Next}.{table.Name} select * from {ViewTables.Live}.{table.Name} "
        + $"where {table.Owner.Column} = any($1::{table.Owner.SqlType}[])",
        table, streams, ct);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, RebuiltTable table, IEnumerable<List<StoredEvent>> streams, CancellationToken ct)
    {
        var owners = streams.SelectMany(s => table.Owner.Of(s)).ToList();
        if (owners.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = table.Owner.SqlType is "bigint" ? owners.Cast<long>().ToArray() : owners.Cast<string>().ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }
}
