using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>Which events are exported.</summary>
/// <param name="Prefix">How the streams' names begin; empty for every stream.</param>
/// <param name="Types">Only these types, as they are stored; nothing for all.</param>
/// <param name="Streams">Only these streams; nothing for all.</param>
public sealed record Selection(string Prefix, IReadOnlyList<string>? Types = null, IReadOnlyList<string>? Streams = null);

/// <summary>A range of stream names, in the order of the database.</summary>
/// <param name="From">First name in it; nothing for the beginning.</param>
/// <param name="Until">First name after it; nothing for the end.</param>
public sealed record StreamRange(string? From, string? Until);

/// <summary>Whole streams out of the log at the speed of <c>copy</c>, for what is worked out anew from every event.</summary>
public sealed partial class EventStore
{
    // A copy takes no parameters. Settings of the session carry them, so that a name that a sender chose is never part of a statement.
    private const string ExportSettings = """
        select set_config('practice.export_prefix', $1, false), set_config('practice.export_from', $2, false),
               set_config('practice.export_until', $3, false), set_config('practice.export_types', $4, false), set_config('enable_sort', $5, false),
               set_config('practice.export_streams', $6, false)
        """;

    /// <summary>Cuts the streams whose names begin so into ranges of about equal numbers of streams. Together they hold every name, that of a stream made later too.</summary>
    /// <param name="prefix">How the streams' names begin.</param>
    /// <param name="count">How many ranges, at most; at least 1.</param>
    /// <param name="ct">Stops the query.</param>
    public async Task<IReadOnlyList<StreamRange>> RangesAsync(string prefix, int count, CancellationToken ct = default)
    {
        await using var command = _source.CreateCommand("""
            select min(t.id) from (select id, ntile($2) over (order by id) as tile from public.mt_streams where starts_with(id, $1)) t
            where t.tile > 1 group by t.tile order by t.tile
            """);
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue(prefix);
        command.Parameters.AddWithValue(Math.Max(1, count));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var bounds = new List<string?> { null };
        while (await reader.ReadAsync(ct))
        {
            bounds.Add(reader.GetString(0));
        }

        return [.. bounds.Zip(bounds.Skip(1).Append(null), (from, until) => new StreamRange(from, until))];
    }

    /// <summary>The streams that hold an event of some types, in order of their names; nothing when there are more such events than
    /// streams, so that reading all of them is no slower.</summary>
    /// <param name="prefix">How the streams' names begin.</param>
    /// <param name="types">The types, as they are stored.</param>
    /// <param name="ct">Stops the query.</param>
    public async Task<IReadOnlyList<string>?> StreamsWithAsync(string prefix, IReadOnlyCollection<string> types, CancellationToken ct = default)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using (var common = new NpgsqlCommand("""
            select (select count(*) from (select from public.mt_events where type = any($2) limit s.streams) e) >= s.streams
            from (select count(*) as streams from public.mt_streams where starts_with(id, $1)) s
            """, connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = prefix }, new() { Value = types.ToArray() } },
        })
        {
            if ((bool)(await common.ExecuteScalarAsync(ct))!)
            {
                return null;
            }
        }

        await using var command = new NpgsqlCommand("select distinct stream_id from public.mt_events where type = any($2) and starts_with(stream_id, $1) order by 1", connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = prefix }, new() { Value = types.ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var streams = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            streams.Add(reader.GetString(0));
        }

        return streams;
    }

    /// <summary>Every selected stream of a range with all its selected events, in order. One stream is in memory at a time. Archived events are left out.</summary>
    /// <param name="which">Which events.</param>
    /// <param name="range">Which streams.</param>
    /// <param name="ct">Stops the export.</param>
    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> ExportAsync(Selection which, StreamRange range, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var session = await OwnSession.OpenAsync(_source, ct);
        await using (var settings = new NpgsqlCommand(ExportSettings, session.Connection)
        {
            Parameters =
            {
                new() { Value = which.Prefix }, new() { Value = range.From ?? "" }, new() { Value = range.Until ?? "" },
                new() { Value = string.Join(',', which.Types ?? []) },

                // The index of streams and versions gives whole streams in their order. The planner takes them for few, and would sort them on disk.
                new() { Value = which.Types is null && which.Streams is null ? "off" : "on" },
                new() { Value = JsonSerializer.Serialize(which.Streams ?? []) },
            },
        })
        {
            await settings.ExecuteNonQueryAsync(ct);
        }

        await using var rows = await CopyReader.BeginAsync(session.Connection, $"""
            select seq_id, id, stream_id, version, type, data, headers->>'source', headers->>'id', timestamp, headers, correlation_id, causation_id
            from public.mt_events
            where not is_archived
              {(which.Prefix.Length > 0 ? "and starts_with(stream_id, current_setting('practice.export_prefix'))" : "")}
              {(range.From is null ? "" : "and stream_id >= current_setting('practice.export_from')")}
              {(range.Until is null ? "" : "and stream_id < current_setting('practice.export_until')")}
              {(which.Types is null ? "" : "and type = any(string_to_array(current_setting('practice.export_types'), ','))")}
              {(which.Streams is null ? "" : "and stream_id in (select jsonb_array_elements_text(current_setting('practice.export_streams')::jsonb))")}
            order by stream_id, version
            """, columns: 12, ct);
        List<StoredEvent> stream = [];
        StoredEvent? last = null;
        while (await rows.NextAsync(ct))
        {
            var next = Read(rows, last);
            if (last is not null && !ReferenceEquals(last.Stream, next.Stream))
            {
                yield return stream;
                stream = [];
            }

            stream.Add(next);
            last = next;
        }

        if (stream.Count > 0)
        {
            yield return stream;
        }
    }

    // The name of a stream is kept once for all its events.
    private static StoredEvent Read(CopyReader row, StoredEvent? last)
    {
        var id = row.Id(1);
        return new StoredEvent(
            row.Bigint(0), id, row.Text(2, last?.Stream)!, row.Bigint(3), row.Text(4, last?.Type)!, row.Json(5)!,
            row.Text(6, last?.Source) ?? "", row.Text(7) ?? id.ToString(), row.Instant(8), row.Json(9) ?? "{}")
        {
            CorrelationId = row.Text(10, last?.CorrelationId),
            CausationId = row.Text(11),
        };
    }
}
