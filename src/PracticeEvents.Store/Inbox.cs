using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.Store;

/// <summary>Where an inbox row stands.</summary>
public enum InboxStatus
{
    /// <summary>Taken.</summary>
    Accepted,

    /// <summary>Waits for a person.</summary>
    Quarantined,

    /// <summary>Was repaired and taken.</summary>
    Replayed,

    /// <summary>A person decided that it will not be taken.</summary>
    Dismissed,
}

/// <summary>Something that came in, without its body.</summary>
/// <param name="Id">Row.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Format">Which input read it.</param>
/// <param name="Key">The sender's own key.</param>
/// <param name="ReceivedAt">UTC instant of the first time.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it was quarantined.</param>
/// <param name="Positions">Its events.</param>
/// <param name="Repeats">How often the same came again.</param>
/// <param name="LastRepeatedAt">When it last came again (UTC).</param>
public sealed record InboxEntry(
    long Id, string Sender, string Format, string? Key, DateTimeOffset ReceivedAt, InboxStatus Status, string? Reason,
    IReadOnlyList<long> Positions, int Repeats, DateTimeOffset? LastRepeatedAt)
{
    /// <summary>The quarantined row that this one repaired.</summary>
    public long? Replays { get; init; }

    /// <summary>When it was replayed or dismissed (UTC).</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Who dismissed it.</summary>
    public string? SettledBy { get; init; }

    /// <summary>Why it was dismissed.</summary>
    public string? SettledReason { get; init; }
}

/// <summary>Everything that came in from outside and what became of it.</summary>
/// <param name="source">The database.</param>
public sealed class Inbox(NpgsqlDataSource source)
{
    private const string Columns = """
        id, sender, format, key, received_at, status, reason, positions, repeats, last_repeated_at, replays, settled_at, settled_by, settled_reason
        """;

    /// <summary>Newest first.</summary>
    /// <param name="status">Only those that stand so.</param>
    /// <param name="sender">Only those from this sender.</param>
    /// <param name="before">Cursor: only rows below this id; the last id of the page before.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="ct">Stops the query.</param>
    public async Task<IReadOnlyList<InboxEntry>> ListAsync(
        InboxStatus? status = null, string? sender = null, long? before = null, int limit = 50, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand($"""
            select {Columns} from practice.inbox
            where ($1 is null or status = $1) and ($2 is null or sender = $2) and ($3 is null or id < $3)
            order by id desc limit $4
            """);
        command.Parameters.Add(new() { Value = (object?)status?.Stored() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)sender ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.AddWithValue(limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var entries = new List<InboxEntry>();
        while (await reader.ReadAsync(ct))
        {
            entries.Add(Read(reader));
        }

        return entries;
    }

    /// <summary>One row with its body as it came; nothing when there is no such row.</summary>
    public async Task<(InboxEntry Entry, byte[] Body)?> FindAsync(long id, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand($"select {Columns}, body from practice.inbox where id = $1");
        command.Parameters.AddWithValue(id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (Read(reader), reader.GetFieldValue<byte[]>(14)) : null;
    }

    /// <summary>How many rows stand at each status.</summary>
    public async Task<IReadOnlyDictionary<InboxStatus, long>> CountAsync(CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select status, count(*) from practice.inbox group by status");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = Enum.GetValues<InboxStatus>().ToDictionary(status => status, _ => 0L);
        while (await reader.ReadAsync(ct))
        {
            counts[Enum.Parse<InboxStatus>(reader.GetString(0), ignoreCase: true)] = reader.GetInt64(1);
        }

        return counts;
    }

    /// <summary>How many rows want a person. What it costs does not grow with what was ever received.</summary>
    public async Task<long> QuarantinedAsync(CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select count(*) from practice.inbox where status = 'quarantined'");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>When each sender last sent anything (UTC), whatever became of it: a silent sender is an alarm.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastHeardAsync(CancellationToken ct = default)
    {
        await using var command = source.CreateCommand(
            "select sender, max(greatest(received_at, last_repeated_at)) from practice.inbox group by sender");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var heard = new Dictionary<string, DateTimeOffset>();
        while (await reader.ReadAsync(ct))
        {
            heard[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return heard;
    }

    /// <summary>A person decides that a quarantined row will not be taken.</summary>
    /// <returns>False when the row is not quarantined.</returns>
    public async Task<bool> DismissAsync(long id, string by, string reason, DateTimeOffset now, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("""
            update practice.inbox set status = 'dismissed', settled_at = $4, settled_by = $2, settled_reason = $3
            where id = $1 and status = 'quarantined'
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(by);
        command.Parameters.AddWithValue(reason);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private static InboxEntry Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row[3] as string, row.GetFieldValue<DateTimeOffset>(4),
        Enum.Parse<InboxStatus>(row.GetString(5), ignoreCase: true), row[6] as string, row.GetFieldValue<long[]>(7),
        row.GetInt32(8), row.GetFieldValue<DateTimeOffset?>(9))
    {
        Replays = row.GetFieldValue<long?>(10),
        SettledAt = row.GetFieldValue<DateTimeOffset?>(11),
        SettledBy = row[12] as string,
        SettledReason = row[13] as string,
    };
}

internal static class InboxStatusNames
{
    public static string Stored(this InboxStatus status) => status switch
    {
        InboxStatus.Accepted => "accepted",
        InboxStatus.Quarantined => "quarantined",
        InboxStatus.Replayed => "replayed",
        InboxStatus.Dismissed => "dismissed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
