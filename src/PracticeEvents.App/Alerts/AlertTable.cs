using System.Runtime.CompilerServices;
using Npgsql;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts;

/// <summary>An alert with the place of its last event in the order of everything.</summary>
internal sealed record StoredAlert(AlertState State, long Position);

/// <summary>The alerts as their events leave them. Written in the transaction that appends the events, and filled anew from the events by a rebuild.</summary>
internal sealed class AlertTable(NpgsqlDataSource source)
{
    /// <summary>Table name in the schema <c>practice</c>.</summary>
    public const string Name = "alerts";

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand($"{AlertRows.Create("practice")}; {AlertRows.Grow}; {AlertRows.Index("practice")}");
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The alerts of some children, locked against others who would change them until the transaction ends.</summary>
    public static Query<List<StoredAlert>> LockOfChildren(IReadOnlyCollection<string> children) => new(
        // Not "order by id": a plan that is made while there are few alerts would read all of them by the key, which has that order already.
        new($"select {AlertRows.Columns} from practice.alerts where child = any(array(select unnest($1))) order by id || '' for update")
        {
            Parameters = { new() { Value = children.ToArray() } },
        },
        ReadAsync);

    /// <summary>Some alerts by id, locked likewise.</summary>
    public static Task<List<StoredAlert>> LockAsync(NpgsqlConnection connection, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        ReadAsync(new NpgsqlCommand($"select {AlertRows.Columns} from practice.alerts where id = any($1) order by id for update", connection)
        {
            Parameters = { new() { Value = ids.ToArray() } },
        }, ct);

    /// <summary>One alert; nothing when there is none.</summary>
    public async Task<AlertState?> FindAsync(string id, CancellationToken ct) => (await FindAsync([id], ct)).SingleOrDefault();

    /// <summary>Those of some alerts that there are, by due date.</summary>
    public async Task<IReadOnlyList<AlertState>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        [.. (await ReadAsync(Command($"select {AlertRows.Columns} from practice.alerts where id = any($1) order by due, id", [ids.ToArray()]), ct)).Select(a => a.State)];

    /// <summary>Alerts to some people, or to anybody when none are named, in some states, or in any when none are named.</summary>
    public async Task<IReadOnlyList<AlertState>> ListAsync(
        IReadOnlyCollection<string>? recipients, IReadOnlyCollection<string>? children, IReadOnlyCollection<AlertStatus>? statuses, CancellationToken ct)
    {
        var values = new List<object>();
        var command = Command($"select {AlertRows.Columns} from practice.alerts where {SqlText.Of(Which(recipients, children, statuses), values)} order by due, id", values);
        return [.. (await ReadAsync(command, ct)).Select(a => a.State)];
    }

    /// <summary>How many live alerts there are about the children of a part, but for those to one person when one is named.</summary>
    public static Query<int> CountLive(ChildrenView view, Part<ChildRow> children, string? butTo)
    {
        var values = new List<object>();
        var others = butTo is null ? AlertRows.Live : $"{AlertRows.Live} and recipient <> {butTo}";

        // Child by child, by the index: joined in any other order, the live alerts of everybody might be read.
        var command = new NpgsqlBatchCommand(SqlText.Of(
            FormattableStringFactory.Create(
                $$"""
                select {{string.Join(", ", view.Columns.Select(c => c.Name))}}, told.n from practice.children
                cross join lateral (select count(*) as n from practice.alerts where alerts.child = children.child and {0}) as told
                where told.n > 0 and ({1})
                """, others, children.Sql),
            values));
        values.ForEach(value => command.Parameters.AddWithValue(value));
        return new(command, async (reader, ct) =>
        {
            var count = 0L;
            while (await reader.ReadAsync(ct))
            {
                count += children.Holds(View<ChildRow>.Read(reader)) ? reader.GetInt64(view.Columns.Count) : 0;
            }

            return (int)count;
        });
    }

    /// <summary>How many live alerts a person has.</summary>
    public static Query<int> CountLive(string recipient) => Number($"recipient = {recipient} and {AlertRows.Live}");

    /// <summary>How many alerts of a person were settled since an instant.</summary>
    public static Query<int> CountSettled(string recipient, DateTimeOffset since) =>
        Number($"recipient = {recipient} and status = 'settled' and id in (select state ->> 'id' from practice.alert_feed where {AlertFeed.SettledOf(recipient, since)})");

    private static Query<int> Number(FormattableString which)
    {
        var values = new List<object>();
        var command = new NpgsqlBatchCommand($"select count(*)::int from practice.alerts where {SqlText.Of(which, values)}");
        values.ForEach(value => command.Parameters.AddWithValue(value));
        return new(command, async (reader, ct) => await reader.ReadAsync(ct) ? reader.GetInt32(0) : 0);
    }

    // Only what is asked stands in the statement, and live states as the indexes name them: a plan that is kept for any values would pass the indexes over.
    private static FormattableString Which(IReadOnlyCollection<string>? recipients, IReadOnlyCollection<string>? children, IReadOnlyCollection<AlertStatus>? statuses)
    {
        var words = statuses?.Select(AlertRows.Word).ToArray();
        FormattableString which = words is null ? $"true" : words.Order(StringComparer.Ordinal).SequenceEqual(["acknowledged", "open"]) ? AlertRows.Live : $"status = any({words})";
        which = recipients is null ? which : $"{which} and recipient = any({recipients.ToArray()})";
        return children is null ? which : $"{which} and child = any({children.ToArray()})";
    }

    /// <summary>What a loaded history raised, or moved on, and is still open for a person who has not taken it on since, by due date.</summary>
    public async Task<IReadOnlyList<AlertState>> LeftByLoadAsync(string load, string recipient, CancellationToken ct) =>
        [.. (await ReadAsync(
            Command(
                $"select {AlertRows.Columns} from practice.alerts where recipient = $2 and {AlertRows.Live} "
                + $"and coalesce(acknowledged_at, '-infinity') < ({AlertRows.ToldByLoad}) order by due, id",
                [load, recipient]),
            ct)).Select(a => a.State)];

    /// <summary>When something last happened to each of some alerts (UTC).</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ChangedAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var command = Command("select a.id, e.timestamp from practice.alerts a join public.mt_events e on e.seq_id = a.position where a.id = any($1)", [ids.ToArray()]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var changed = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            changed[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return changed;
    }

    /// <summary>Alerts of which somebody said that they are not right, and nobody has answered, by due date.</summary>
    public async Task<IReadOnlyList<AlertState>> QuestionedAsync(CancellationToken ct) =>
        [.. (await ReadAsync(Command($"select {AlertRows.Columns} from practice.alerts where questioned is not null order by due, id", []), ct)).Select(a => a.State)];

    /// <summary>What to write for appended alert events, in the transaction that appended them. An event at or before an alert's position was applied
    /// before and is passed over.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Apply(IEnumerable<(AlertEvent Event, DateTimeOffset At, long Position)> events, Dictionary<string, StoredAlert> known)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var news = new List<FeedEntry>();
        foreach (var (e, at, position) in events)
        {
            var before = known.GetValueOrDefault(e.Alert);
            if (position > (before?.Position ?? 0) && AlertState.Evolve(before?.State, e, at) is { } after)
            {
                known[e.Alert] = new StoredAlert(after, position);
                changed.Add(e.Alert);
                if (FeedEntry.Of(e, after, at, position) is { } entry)
                {
                    news.Add(entry);
                }
            }
        }

        return [.. AlertRows.Write([.. changed.Select(id => known[id])]), .. AlertFeed.Add(news)];
    }

    private NpgsqlCommand Command(string sql, List<object> values)
    {
        var command = source.CreateCommand(sql);
        values.ForEach(value => command.Parameters.AddWithValue(value));
        return command;
    }

    private static async Task<List<StoredAlert>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await ReadAsync(reader, ct);
        }
    }

    private static async Task<List<StoredAlert>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var alerts = new List<StoredAlert>();
        while (await reader.ReadAsync(ct))
        {
            alerts.Add(new StoredAlert(AlertRows.Read(reader), reader.GetInt64(15)));
        }

        return alerts;
    }
}
