using System.Text.Json;
using Npgsql;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts;

/// <summary>One thing said on the feed: at its position, to one person.</summary>
/// <param name="Position">Place in the order of everything; the id of the message on every feed.</param>
/// <param name="Kind">What happened: the stored name of the alert event, or <c>digest_ready</c>.</param>
/// <param name="Recipient">Worker told.</param>
/// <param name="Child">Child reference; empty for a digest.</param>
/// <param name="At">UTC instant.</param>
/// <param name="State">The alert as it stood then, JSON; for a digest, its counts.</param>
internal sealed record FeedEntry(long Position, string Kind, string Recipient, string Child, DateTimeOffset At, string State)
{
    private static readonly JsonSerializerOptions Options = EventJson.Options;
    private static readonly string DigestKind = EventCatalogue.Kind<DigestReady>().Alias;

    /// <summary>The entry for an alert event; nothing for one of which nobody is told at once.</summary>
    public static FeedEntry? Of(AlertEvent e, AlertState after, DateTimeOffset at, long position) => e switch
    {
        AlertRaised { Quiet: true } or AlertStageReached { Quiet: true } => null,
        AlertRaised or AlertStageReached or AlertWithdrawn or AlertSettled or AlertAcknowledged or AlertReminded or AlertReassigned =>
            new FeedEntry(position, EventCatalogue.KindOf(e).Alias, after.To, after.Child, at, JsonSerializer.Serialize(after, Options)),
        _ => null,
    };

    /// <summary>True for a digest, and for word of one of its alerts.</summary>
    public bool IsOfDigest => Kind == DigestKind;

    /// <summary>Word of one of a digest's alerts, at the digest's place.</summary>
    public FeedEntry Of(AlertState alert) => this with { Child = alert.Child, State = JsonSerializer.Serialize(alert, Options) };

    /// <summary>The alert as it stood; nothing for a digest.</summary>
    public AlertState? Alert => Child.Length == 0 ? null : JsonSerializer.Deserialize<AlertState>(State, Options);

    /// <summary>The digest; nothing for an alert.</summary>
    public DigestReady? Digest => IsOfDigest && Child.Length == 0 ? JsonSerializer.Deserialize<DigestReady>(State, Options) : null;
}

/// <summary>Everything said to people, in order. A reader that remembers the last position it saw resumes with no gap and no repeat.</summary>
internal sealed class AlertFeed(NpgsqlDataSource source)
{
    /// <summary>Table name in the schema <c>practice</c>.</summary>
    public const string Name = "alert_feed";

    /// <summary>Name and type of each column.</summary>
    public static IReadOnlyList<(string Name, string SqlType)> ColumnTypes { get; } =
        [("position", "bigint"), ("kind", "text"), ("recipient", "text"), ("child", "text"), ("at", "timestamptz"), ("state", "jsonb")];

    /// <summary>Makes the bare table in a schema.</summary>
    public static string Create(string schema) => $"""
        create table if not exists {schema}.alert_feed (
            position   bigint       not null,
            kind       text         not null,
            recipient  text         not null,
            child      text         not null,
            at         timestamptz  not null,
            state      jsonb        not null
        )
        """;

    /// <summary>Makes its indexes.</summary>
    public static string Index(string schema) => $"""
        create unique index if not exists alert_feed_pkey on {schema}.alert_feed (position);
        create index if not exists alert_feed_settled on {schema}.alert_feed (recipient, at) where kind = 'alert_settled';
        create index if not exists alert_feed_at on {schema}.alert_feed using brin (at) with (autosummarize = on)
        """;

    /// <summary>The entries of a person's alerts that were settled since an instant, as the index names them.</summary>
    public static FormattableString SettledOf(string recipient, DateTimeOffset since) =>
        $"recipient = {recipient} and kind = 'alert_settled' and at >= {since.ToUniversalTime()}";

    /// <summary>An entry as values in the order of the columns.</summary>
    public static object?[] Values(FeedEntry entry) => [entry.Position, entry.Kind, entry.Recipient, entry.Child, entry.At.ToUniversalTime(), entry.State];

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand($"{Create("practice")}; {Index("practice")}");
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What to write for entries, in the transaction that appended their events. An entry that is there already stays as it is. Those who hand the feed out
    /// are told when the transaction commits.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Add(IReadOnlyList<FeedEntry> entries)
    {
        if (entries.Count == 0)
        {
            yield break;
        }

        yield return new NpgsqlBatchCommand("insert into practice.alert_feed select * from unnest($1, $2, $3, $4, $5, $6) on conflict do nothing")
        {
            Parameters =
            {
                new() { Value = entries.Select(e => e.Position).ToArray() },
                new() { Value = entries.Select(e => e.Kind).ToArray() },
                new() { Value = entries.Select(e => e.Recipient).ToArray() },
                new() { Value = entries.Select(e => e.Child).ToArray() },
                new() { Value = entries.Select(e => e.At.ToUniversalTime()).ToArray() },
                new() { Value = entries.Select(e => e.State).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Jsonb },
            },
        };
        yield return new NpgsqlBatchCommand($"notify practice_events, '{Notifications.WordForPeople}'");
    }

    /// <summary>Entries after a position, in order.</summary>
    public Task<IReadOnlyList<FeedEntry>> AfterAsync(long position, int limit, CancellationToken ct) => After(position, limit).AskAsync(source, ct);

    /// <summary>Entries after a position, in order.</summary>
    public static Query<IReadOnlyList<FeedEntry>> After(long position, int limit) => Which("position > $1 order by position limit $2", position, limit);

    private static Query<IReadOnlyList<FeedEntry>> Which(string which, params object[] values)
    {
        var command = new NpgsqlBatchCommand($"select position, kind, recipient, child, at, state::text from practice.alert_feed where {which}");
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return new(command, async (reader, ct) =>
        {
            var entries = new List<FeedEntry>();
            while (await reader.ReadAsync(ct))
            {
                entries.Add(new FeedEntry(
                    reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5)));
            }

            return entries;
        });
    }

    /// <summary>Entries from an instant on, in order.</summary>
    public Task<IReadOnlyList<FeedEntry>> SinceAsync(DateTimeOffset at, int limit, CancellationToken ct) =>
        Which("at >= $1 order by position limit $2", at.ToUniversalTime(), limit).AskAsync(source, ct);

    /// <summary>The entries at some positions.</summary>
    public Task<IReadOnlyList<FeedEntry>> AtAsync(long[] positions, CancellationToken ct) => Which("position = any($1)", positions).AskAsync(source, ct);

    /// <summary>Position of the last entry; 0 when nothing was ever said.</summary>
    public async Task<long> HeadAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select coalesce(max(position), 0) from practice.alert_feed");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
