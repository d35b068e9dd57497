using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.Store;

/// <summary>Puts many plain deliveries into the tables by binary COPY, in one transaction under the append lock.</summary>
internal sealed class BulkLoad(NpgsqlDataSource source, EventStoreOptions options, AppendMeter meter, ILogger log)
{
    private const string Events = """
        public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        """;

    private const string Inbox = "practice.inbox (id, sender, format, key, body, received_at, status, positions, first_position)";

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
        await using var session = await AppendSession.OpenAsync(source, ct);
        await using var transaction = await session.Connection.BeginTransactionAsync(ct);
        if (await BeginAsync(session.Connection, batch, ct) is not { } room)
        {
            return null;
        }

        await CopyEventsAsync(session.Connection, batch, room, ct);
        await CopyInboxAsync(session.Connection, batch, room, ct);
        // Once begun, a commit is not stopped: what became of it would not be known.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Stored(began, batch.Events, room.Waited);
        return batch.PlainReceipts(room.Standing, room.Positions, room.InboxIds);
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
        await using var copy = await CopyWriter.BeginAsync(connection, Events, ct);
        for (var i = 0; i < batch.Events; i++)
        {
            var stream = batch.Streams[i] - 1;
            copy.Row(14);
            copy.Bigint(room.Positions[i]);
            copy.Id(batch.Ids[i]);
            copy.Text(batch.StreamNames[stream]);
            copy.Bigint(room.Standing[stream] + batch.Places[i]);
            copy.Json(batch.Data[i]);
            copy.Text(batch.Types[i]);
            copy.Instant(batch.EventsReceived[i]);
            copy.Text("*DEFAULT*");
            copy.Text(At(batch.DotNetTypes, i));
            copy.Text(At(batch.Correlations, i));
            copy.Text(At(batch.Causations, i));
            copy.Json(batch.Headers[i]);
            copy.Text(At(batch.Users, i));
            copy.Boolean(false);
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task CopyInboxAsync(NpgsqlConnection connection, AppendBatch batch, Room room, CancellationToken ct)
    {
        await using var copy = await CopyWriter.BeginAsync(connection, Inbox, ct);
        for (var i = 0; i < batch.Kept.Length; i++)
        {
            var first = batch.Firsts[i] - 1;
            copy.Row(9);
            copy.Bigint(room.InboxIds![i]);
            copy.Text(batch.Senders[i]);
            copy.Text(batch.Formats[i]);
            copy.Text(At(batch.Keys, i));
            copy.Bytes(batch.Bodies[i]);
            copy.Instant(batch.DeliveriesReceived[i]);
            copy.Text("accepted");
            copy.Bigints(room.Positions.AsSpan(first, batch.Counts[i]));
            copy.Bigint(room.Positions[first]);
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static string? At(string?[] column, int at) => column.Length > 0 ? column[at] : null;

    /// <summary>What was drawn for the load.</summary>
    private sealed record Room(TimeSpan Waited, long[] Standing, long[] Positions, long[]? InboxIds);
}
