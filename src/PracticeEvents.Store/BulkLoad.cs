using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.Store;

/// <summary>Puts many plain deliveries into the tables by binary COPY, in one transaction under the append lock.</summary>
internal sealed class BulkLoad(NpgsqlDataSource source, EventStoreOptions options, AppendMeter meter, ILogger log)
{
    private const string CopyEvents = """
        copy public.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        from stdin (format binary)
        """;

    private const string CopyInbox = """
        copy practice.inbox (id, sender, format, key, body, received_at, status, positions, first_position) from stdin (format binary)
        """;

    /// <summary>Stores the deliveries, if they are plain.</summary>
    /// <returns>Their receipts; nothing, and nothing stored, when they must be decided one by one.</returns>
    public async Task<IReadOnlyList<Receipt>?> TryAsync(IReadOnlyList<AppendItem> items, CancellationToken ct)
    {
        var batch = new AppendBatch(items);
        if (!batch.IsPlain)
        {
            return null;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StoreAsync(batch, ct);
            }
            catch (Exception error) when (Transient.Is(error))
            {
                if (attempt >= options.Tries)
                {
                    throw new StoreUnavailableException(error);
                }

                log.AppendRetried(batch.Events, attempt, Transient.StateOf(error));
                await Task.Delay(options.FirstRetryAfter * Math.Pow(2, attempt - 1), ct);
            }
            catch (PostgresException error)
            {
                // One of them is at fault, and the ordinary way finds out which.
                log.BatchSplit(items.Count, error.SqlState);
                return null;
            }
        }
    }

    private async Task<Receipt[]?> StoreAsync(AppendBatch batch, CancellationToken ct)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var connection = await AppendConnection.OpenAsync(source, ct);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            if (await BeginAsync(connection, batch, ct) is not { } room)
            {
                return null;
            }

            await CopyEventsAsync(connection, batch, room, ct);
            await CopyInboxAsync(connection, batch, room, ct);
            // Once begun, a commit is not stopped: what became of it would not be known.
            await transaction.CommitAsync(CancellationToken.None);
            meter.Stored(began, batch.Events, room.Waited);
            return batch.PlainReceipts(room.Standing, room.Positions, room.InboxIds);
        }
        finally
        {
            await AppendConnection.CloseAsync(connection);
        }
    }

    private static async Task<Room?> BeginAsync(NpgsqlConnection connection, AppendBatch batch, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select waited, standing, positions, inbox_ids from practice.begin_load($1, $2, $3, $4, $5)", connection)
        {
            // However long another load holds the lock.
            CommandTimeout = 0,
            Parameters =
            {
                new() { Value = batch.StreamNames, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = batch.StreamCounts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = batch.StreamsExpected, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                new() { Value = batch.Ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = batch.Kept, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.IsDBNull(1) ? null : new Room(
            TimeSpan.FromSeconds(reader.GetDouble(0)), reader.GetFieldValue<long[]>(1), reader.GetFieldValue<long[]>(2), reader.GetFieldValue<long[]?>(3));
    }

    private static async Task CopyEventsAsync(NpgsqlConnection connection, AppendBatch batch, Room room, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(CopyEvents, ct);
        for (var i = 0; i < batch.Events; i++)
        {
            var stream = batch.Streams[i] - 1;
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(room.Positions[i], NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(batch.Ids[i], NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(batch.StreamNames[stream], NpgsqlDbType.Varchar, ct);
            await copy.WriteAsync(room.Standing[stream] + batch.Places[i], NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(batch.Data[i], NpgsqlDbType.Jsonb, ct);
            await copy.WriteAsync(batch.Types[i], NpgsqlDbType.Varchar, ct);
            await copy.WriteAsync(batch.EventsReceived[i], NpgsqlDbType.TimestampTz, ct);
            await copy.WriteAsync("*DEFAULT*", NpgsqlDbType.Varchar, ct);
            await WriteAsync(copy, batch.DotNetTypes, i, ct);
            await WriteAsync(copy, batch.Correlations, i, ct);
            await WriteAsync(copy, batch.Causations, i, ct);
            await copy.WriteAsync(batch.Headers[i], NpgsqlDbType.Jsonb, ct);
            await WriteAsync(copy, batch.Users, i, ct);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task CopyInboxAsync(NpgsqlConnection connection, AppendBatch batch, Room room, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(CopyInbox, ct);
        for (var i = 0; i < batch.Kept.Length; i++)
        {
            var first = batch.Firsts[i] - 1;
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(room.InboxIds![i], NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(batch.Senders[i], NpgsqlDbType.Text, ct);
            await copy.WriteAsync(batch.Formats[i], NpgsqlDbType.Text, ct);
            await WriteAsync(copy, batch.Keys, i, ct, NpgsqlDbType.Text);
            await copy.WriteAsync(batch.Bodies[i], NpgsqlDbType.Bytea, ct);
            await copy.WriteAsync(batch.DeliveriesReceived[i], NpgsqlDbType.TimestampTz, ct);
            await copy.WriteAsync("accepted", NpgsqlDbType.Text, ct);
            await copy.WriteAsync(room.Positions[first..(first + batch.Counts[i])], NpgsqlDbType.Array | NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(room.Positions[first], NpgsqlDbType.Bigint, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, string?[] column, int at, CancellationToken ct, NpgsqlDbType type = NpgsqlDbType.Varchar) =>
        column.Length > 0 && column[at] is { } text ? copy.WriteAsync(text, type, ct) : copy.WriteNullAsync(ct);

    /// <summary>What was drawn for the load.</summary>
    private sealed record Room(TimeSpan Waited, long[] Standing, long[] Positions, long[]? InboxIds);
}
