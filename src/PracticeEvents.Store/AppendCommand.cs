using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.Store;

/// <summary>The call of <c>practice.append</c>: deliveries in, receipts out, in one round trip. It can be run again and again on its connection.</summary>
/// <param name="connection">The connection. Without a transaction the statement commits by itself.</param>
internal sealed class AppendCommand(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string Text = """
        select waited, standing, fates, inbox_ids, reasons, event_fates, positions, versions
        from practice.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
        """;

    private readonly NpgsqlCommand _command = new(Text, connection);

    /// <summary>The call as one of several in a round trip.</summary>
    public static Query<IReadOnlyList<Receipt>> Of(AppendBatch batch)
    {
        var command = new NpgsqlBatchCommand(Text);
        Fill(command.Parameters, batch);
        return new(command, async (reader, ct) => (await ReadAsync(reader, batch, ct)).Receipts);
    }

    /// <summary>Appends.</summary>
    /// <param name="batch">What to append.</param>
    /// <param name="ct">Stops the call; whether it was stored is then not known.</param>
    /// <param name="prepare">Whether to prepare the statement, for a connection that will run it again.</param>
    /// <returns>A receipt for each delivery, in order, and how long the call waited for the append lock.</returns>
    public async Task<(IReadOnlyList<Receipt> Receipts, TimeSpan Waited)> RunAsync(AppendBatch batch, CancellationToken ct, bool prepare = false)
    {
        Fill(_command.Parameters, batch);
        if (prepare && !_command.IsPrepared)
        {
            await _command.PrepareAsync(ct);
        }

        await using var reader = await _command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, batch, ct);
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private static async Task<(IReadOnlyList<Receipt> Receipts, TimeSpan Waited)> ReadAsync(NpgsqlDataReader reader, AppendBatch batch, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        var inboxIds = reader.IsDBNull(3) ? null : reader.GetFieldValue<long[]>(3);
        var positions = reader.GetFieldValue<long[]>(6);
        var receipts = reader.IsDBNull(2)
            ? batch.PlainReceipts(reader.GetFieldValue<long[]>(1), positions, inboxIds)
            : batch.Receipts(reader.GetFieldValue<short[]>(2), inboxIds!, reader.GetFieldValue<string?[]>(4),
                reader.GetFieldValue<short[]>(5), positions, reader.GetFieldValue<long[]>(7));
        return (receipts, TimeSpan.FromSeconds(reader.GetDouble(0)));
    }

    private static void Fill(NpgsqlParameterCollection parameters, AppendBatch batch)
    {
        const NpgsqlDbType Array = NpgsqlDbType.Array;
        var filled = 0;
        Set(batch.IsPlain, NpgsqlDbType.Boolean);

        Set(batch.Senders, Array | NpgsqlDbType.Text);
        Set(batch.Formats, Array | NpgsqlDbType.Text);
        Set(batch.Keys, Array | NpgsqlDbType.Text);
        Set(batch.Bodies, Array | NpgsqlDbType.Bytea);
        Set(batch.DeliveriesReceived, Array | NpgsqlDbType.TimestampTz);
        Set(batch.Refusals, Array | NpgsqlDbType.Text);
        Set(batch.Replays, Array | NpgsqlDbType.Bigint);
        Set(batch.Firsts, Array | NpgsqlDbType.Integer);
        Set(batch.Counts, Array | NpgsqlDbType.Integer);
        Set(batch.Kept, Array | NpgsqlDbType.Boolean);

        Set(batch.StreamNames, Array | NpgsqlDbType.Text);
        Set(batch.StreamCounts, Array | NpgsqlDbType.Integer);
        Set(batch.StreamsExpected, Array | NpgsqlDbType.Bigint);

        Set(batch.Ids, Array | NpgsqlDbType.Uuid);
        Set(batch.Streams, Array | NpgsqlDbType.Integer);
        Set(batch.Places, Array | NpgsqlDbType.Integer);
        Set(batch.Types, Array | NpgsqlDbType.Text);
        Set(batch.DotNetTypes, Array | NpgsqlDbType.Text);
        Set(batch.Data, Array | NpgsqlDbType.Jsonb);
        Set(batch.EventsReceived, Array | NpgsqlDbType.TimestampTz);
        Set(batch.Expected, Array | NpgsqlDbType.Bigint);
        Set(batch.Correlations, Array | NpgsqlDbType.Text);
        Set(batch.Causations, Array | NpgsqlDbType.Text);
        Set(batch.Users, Array | NpgsqlDbType.Text);
        Set(batch.Headers, Array | NpgsqlDbType.Jsonb);

        void Set<T>(T value, NpgsqlDbType type)
        {
            if (filled == parameters.Count)
            {
                parameters.Add(new NpgsqlParameter<T> { NpgsqlDbType = type });
            }

            ((NpgsqlParameter<T>)parameters[filled++]).TypedValue = value;
        }
    }
}
