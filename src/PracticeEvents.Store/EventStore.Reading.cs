using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.Store;

/// <summary>Reading the log. Archived events are left out everywhere.</summary>
public sealed partial class EventStore
{
    private const string Columns = """
        seq_id, id, stream_id, version, type, data::text, coalesce(headers->>'source', ''), coalesce(headers->>'id', id::text), timestamp,
        coalesce(headers::text, '{}'), correlation_id, causation_id
        """;

    /// <summary>One stream in order.</summary>
    /// <param name="stream">Which.</param>
    /// <param name="throughPosition">Only events up to and at this position.</param>
    /// <param name="receivedBy">Only what had been received by this instant.</param>
    /// <param name="ct">Stops the query.</param>
    public Task<List<StoredEvent>> ReadStreamAsync(
        string stream, long? throughPosition = null, DateTimeOffset? receivedBy = null, CancellationToken ct = default)
    {
        var command = _source.CreateCommand($"""
            select {Columns} from public.mt_events
            where stream_id = $1 and not is_archived and ($2 is null or seq_id <= $2) and ($3 is null or timestamp <= $3)
            order by version
            """);
        command.Parameters.AddWithValue(stream);
        AddOptional(command.Parameters, throughPosition, NpgsqlDbType.Bigint);
        AddOptional(command.Parameters, receivedBy?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        return ListAsync(command, ct);
    }

    /// <summary>Several streams in one query; a stream without events has no entry.</summary>
    public Task<IReadOnlyDictionary<string, List<StoredEvent>>> ReadStreamsAsync(
        IReadOnlyCollection<string> streams, DateTimeOffset? receivedBy = null, CancellationToken ct = default) =>
        Streams(streams, receivedBy).AskAsync(_source, ct);

    /// <summary>Several streams; a stream without events has no entry.</summary>
    /// <param name="streams">Which.</param>
    /// <param name="receivedBy">Only what had been received by this instant.</param>
    public static Query<IReadOnlyDictionary<string, List<StoredEvent>>> Streams(IReadOnlyCollection<string> streams, DateTimeOffset? receivedBy = null)
    {
        var command = new NpgsqlBatchCommand($"""
            select {Columns} from public.mt_events
            where stream_id = any($1) and not is_archived and ($2 is null or timestamp <= $2)
            order by stream_id, version
            """);
        command.Parameters.AddWithValue(streams.ToArray());
        AddOptional(command.Parameters, receivedBy?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        return new(command, async (reader, ct) => (await ListAsync(reader, ct)).GroupBy(e => e.Stream).ToDictionary(group => group.Key, group => group.ToList()));
    }

    /// <summary>Everything after a position, in the order of everything.</summary>
    /// <param name="after">The last position already seen; 0 from the start.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="types">Only these types; nothing for all.</param>
    /// <param name="ct">Stops the query.</param>
    public Task<List<StoredEvent>> ReadAllAsync(
        long after, int limit, IReadOnlyCollection<string>? types = null, CancellationToken ct = default) => After(after, limit, types).AskAsync(_source, ct);

    /// <summary>Events of some types in a stretch of the log, in order: what stands behind the stretch is not looked at, however much it is.</summary>
    /// <param name="after">The last position before the stretch.</param>
    /// <param name="through">The last position of the stretch.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="types">Only these types, as they are stored.</param>
    /// <param name="ct">Stops the query.</param>
    public async Task<List<StoredEvent>> ReadStretchAsync(long after, long through, int limit, IReadOnlyCollection<string> types, CancellationToken ct)
    {
        await using var command = _source.CreateCommand($"""
            select {Columns} from public.mt_events
            where seq_id > $1 and seq_id <= $2 and not is_archived and type = any($3)
            order by seq_id limit $4
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(through);
        command.Parameters.AddWithValue(types.ToArray());
        command.Parameters.AddWithValue(limit);
        return await ListAsync(command, ct);
    }

    /// <summary>The instant (UTC) at which the first event of each of some types was received, by type; a type of which there is none is left out. One step into
    /// an index for each, however long the log is and whether or not there is one.</summary>
    /// <param name="types">The types, as they are stored.</param>
    /// <param name="ct">Stops the query.</param>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> FirstReceivedAsync(IReadOnlyCollection<string> types, CancellationToken ct)
    {
        // Asked for the first of a type in the order of the log, the database may go through all events until it meets one: there may be none.
        await using var command = _source.CreateCommand("""
            select t.type, own.timestamp from unnest($1) as t (type)
            cross join lateral (
                select e.type, e.timestamp from public.mt_events e where (e.type, e.seq_id) >= (t.type, 0) and not e.is_archived order by e.type, e.seq_id limit 1) as own
            where own.type = t.type
            """);
        command.Parameters.AddWithValue(types.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var first = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            first[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return first;
    }

    /// <summary>Everything after a position, in the order of everything.</summary>
    /// <param name="after">The last position already seen; 0 from the start.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="types">Only these types; nothing for all.</param>
    public static Query<List<StoredEvent>> After(long after, int limit, IReadOnlyCollection<string>? types = null)
    {
        var command = new NpgsqlBatchCommand($"""
            select {Columns} from public.mt_events
            where seq_id > $1 and not is_archived {(types is null ? "" : "and type = any($3)")}
            order by seq_id limit $2
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(limit);
        if (types is not null)
        {
            command.Parameters.AddWithValue(types.ToArray());
        }

        return new(command, ListAsync);
    }

    /// <summary>Everything after a position in streams that begin so, in the order of everything. For few streams: all their events are looked at.</summary>
    /// <param name="prefix">How the streams' names begin.</param>
    /// <param name="after">The last position already seen; 0 from the start.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="ct">Stops the query.</param>
    public Task<List<StoredEvent>> ReadStreamsAsync(string prefix, long after, int limit, CancellationToken ct = default)
    {
        var command = _source.CreateCommand($"""
            select {Columns} from public.mt_events
            where starts_with(stream_id, $1) and seq_id > $2 and not is_archived
            order by seq_id limit $3
            """);
        command.Parameters.AddWithValue(prefix);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(limit);
        return ListAsync(command, ct);
    }

    /// <summary>Names of streams that begin so, in order, after a cursor.</summary>
    public async Task<IReadOnlyList<string>> StreamIdsAsync(string prefix, string? after = null, int limit = 1000, CancellationToken ct = default)
    {
        await using var command = _source.CreateCommand("""
            select id from public.mt_streams
            where starts_with(id, $1) and id > $2 and not is_archived
            order by id limit $3
            """);
        command.Parameters.AddWithValue(prefix);
        command.Parameters.AddWithValue(after ?? "");
        command.Parameters.AddWithValue(limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    /// <summary>The position of the last event that can be read: archived ones are passed over. 0 when there is none.</summary>
    public async Task<long> HeadAsync(CancellationToken ct = default)
    {
        await using var command = _source.CreateCommand("select coalesce(max(seq_id), 0) from public.mt_events where not is_archived");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Streams every stream that begins so, each with all its events, for a rebuild. One stream is in memory at a time.</summary>
    /// <param name="prefix">How the streams' names begin.</param>
    /// <param name="receivedBy">Only what had been received by this instant.</param>
    /// <param name="throughPosition">Only events up to and at this position, so that a rebuild knows where it stands.</param>
    /// <param name="ct">Stops the query.</param>
    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> LoadAllStreamsAsync(
        string prefix, DateTimeOffset? receivedBy = null, long? throughPosition = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var command = _source.CreateCommand($"""
            select {Columns} from public.mt_events
            where starts_with(stream_id, $1) and not is_archived and ($2 is null or timestamp <= $2) and ($3 is null or seq_id <= $3)
            order by stream_id, version
            """);
        // A large county takes longer than a page may.
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue(prefix);
        AddOptional(command.Parameters, receivedBy?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        AddOptional(command.Parameters, throughPosition, NpgsqlDbType.Bigint);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<StoredEvent> stream = [];
        while (await reader.ReadAsync(ct))
        {
            var next = Read(reader);
            if (stream.Count > 0 && stream[0].Stream != next.Stream)
            {
                yield return stream;
                stream = [];
            }

            stream.Add(next);
        }

        if (stream.Count > 0)
        {
            yield return stream;
        }
    }

    private static void AddOptional(NpgsqlParameterCollection parameters, object? value, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    private static async Task<List<StoredEvent>> ListAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await ListAsync(reader, ct);
        }
    }

    private static async Task<List<StoredEvent>> ListAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(Read(reader));
        }

        return events;
    }

    private static StoredEvent Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetString(5),
        row.GetString(6), row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), row.GetString(9))
    {
        CorrelationId = row.IsDBNull(10) ? null : row.GetString(10),
        CausationId = row.IsDBNull(11) ? null : row.GetString(11),
    };

    /// <summary>Every event of some types, in order: for what is few, such as those of workers and teams.</summary>
    /// <param name="types">The types, as they are stored.</param>
    /// <param name="ct">Stops the query.</param>
    public async Task<IReadOnlyList<StoredEvent>> ReadEveryAsync(IReadOnlyCollection<string> types, CancellationToken ct = default)
    {
        const int page = 5000;
        var all = new List<StoredEvent>();
        for (var read = page; read == page;)
        {
            var next = await ReadAllAsync(all.Count == 0 ? 0 : all[^1].Position, page, types, ct);
            all.AddRange(next);
            read = next.Count;
        }

        return all;
    }
}
