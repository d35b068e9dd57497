using System.Text.Json;
using Npgsql;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Alerts;

/// <summary>How an alert is kept as a row: the table, writing and reading.</summary>
internal static class AlertRows
{
    /// <summary>The condition of an alert that asks for something, as the indexes name it.</summary>
    public static readonly FormattableString Live = $"status in ('open', 'acknowledged')";

    /// <summary>When the load <c>$1</c> last raised an alert or moved it on; nothing when it did neither.</summary>
    public const string ToldByLoad = $"select max(e.timestamp) from {Said} where e.type in ({Telling}) and e.data ->> 'load' = $1";

    /// <summary>The loads among <c>$1</c> that raised an alert or moved it on.</summary>
    public const string LoadsThatTold = $"select distinct e.data ->> 'load' as load from {Said} where e.type in ({Telling}) and e.data ->> 'load' = any($1)";

    private const string Telling = "'alert_raised', 'alert_stage_reached'";

    // The few events of the alert's own stream, and nothing else to find them by (that is what offset 0 says): right after a load the server takes alert events for
    // rare, and would go through all of them for every alert.
    private const string Said = "(select type, data, timestamp from public.mt_events where stream_id = 'alert-' || alerts.id offset 0) as e";

    /// <summary>Name and type of each column.</summary>
    public static IReadOnlyList<(string Name, string SqlType)> ColumnTypes { get; } =
    [
        ("id", "text"), ("child", "text"), ("rule", "text"), ("occurrence", "uuid"), ("role", "text"), ("recipient", "text"), ("stage", "text"), ("due", "date"),
        ("due_at", "timestamptz"), ("raised_at", "timestamptz"), ("status", "text"), ("because", "text[]"), ("acknowledged_by", "text"), ("settled_by", "text"),
        ("withdrawn_because", "text"), ("position", "bigint"), ("acknowledged_at", "timestamptz"), ("seen_at", "timestamptz"),
        ("remind_on", "date"), ("passed_to", "text"), ("questioned", "text"),
    ];

    /// <summary>The names of the columns.</summary>
    public static readonly string Columns = string.Join(", ", ColumnTypes.Select(c => c.Name));

    /// <summary>Makes the bare table in a schema.</summary>
    public static string Create(string schema) => $"""
        create table if not exists {schema}.alerts (
            id                 text         not null,
            child              text         not null,
            rule               text         not null,
            occurrence         uuid         not null,
            role               text         not null,
            recipient          text         not null,
            stage              text         not null,
            due                date         not null,
            due_at             timestamptz  null,
            raised_at          timestamptz  not null,
            status             text         not null,
            because            text[]       not null,
            acknowledged_by    text         null,
            settled_by         text         null,
            withdrawn_because  text         null,
            position           bigint       not null,
            acknowledged_at    timestamptz  null,
            seen_at            timestamptz  null,
            remind_on          date         null,
            passed_to          text         null,
            questioned         text         null
        )
        """;

    /// <summary>Adds what a database of an earlier release lacks: what it never said needs no filling, but who took an alert on said when.</summary>
    public const string Grow = """
        do $$
        begin
            if not exists (select from information_schema.columns where table_schema = 'practice' and table_name = 'alerts' and column_name = 'acknowledged_at') then
                alter table practice.alerts
                    add column acknowledged_at timestamptz null, add column seen_at timestamptz null,
                    add column remind_on date null, add column passed_to text null, add column questioned text null;
                update practice.alerts a set acknowledged_at = said.at
                from (select data ->> 'alert' as alert, max(timestamp) as at from public.mt_events where type = 'alert_acknowledged' and not is_archived group by 1) as said
                where a.id = said.alert and a.acknowledged_by is not null;
            end if;
        end $$
        """;

    /// <summary>Makes its indexes.</summary>
    public static string Index(string schema) => $"""
        create unique index if not exists alerts_pkey on {schema}.alerts (id);
        create unique index if not exists alerts_child_rule_occurrence_recipient_key on {schema}.alerts (child, rule, occurrence, recipient);
        create index if not exists alerts_recipient on {schema}.alerts (recipient, status);
        create index if not exists alerts_live_child on {schema}.alerts (child) where {Live};
        create index if not exists alerts_live on {schema}.alerts (raised_at) where {Live};
        create index if not exists alerts_questioned on {schema}.alerts (due) where questioned is not null
        """;

    /// <summary>An alert as values in the order of the columns.</summary>
    public static object?[] Values(StoredAlert alert)
    {
        var s = alert.State;
        return
        [
            s.Id, s.Child, s.Rule, s.Occurrence, Word(s.Role), s.To, Word(s.Stage), s.Due.Date, s.Due.At?.ToUniversalTime(), s.RaisedAt.ToUniversalTime(), Word(s.Status),
            s.Because.ToArray(), s.AcknowledgedBy, s.SettledBy, s.WithdrawnBecause, alert.Position,
            s.AcknowledgedAt?.ToUniversalTime(), s.SeenAt?.ToUniversalTime(), s.RemindOn, s.PassedTo, s.Questioned is { } fault ? Word(fault) : null,
        ];
    }

    /// <summary>What to write for some alerts.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Write(IReadOnlyList<StoredAlert> alerts)
    {
        if (alerts.Count == 0)
        {
            yield break;
        }

        yield return new NpgsqlBatchCommand($"""
            insert into practice.alerts ({Columns})
            select * from jsonb_to_recordset($1) as a (
                id text, child text, rule text, occurrence uuid, role text, recipient text, stage text, due date, due_at timestamptz, raised_at timestamptz,
                status text, because text[], acknowledged_by text, settled_by text, withdrawn_because text, position bigint,
                acknowledged_at timestamptz, seen_at timestamptz, remind_on date, passed_to text, questioned text)
            on conflict (id) do update set
                stage = excluded.stage, due = excluded.due, due_at = excluded.due_at, status = excluded.status, acknowledged_by = excluded.acknowledged_by,
                settled_by = excluded.settled_by, withdrawn_because = excluded.withdrawn_because, position = excluded.position,
                acknowledged_at = excluded.acknowledged_at, seen_at = excluded.seen_at, remind_on = excluded.remind_on,
                passed_to = excluded.passed_to, questioned = excluded.questioned
            """)
        {
            Parameters = { new() { Value = JsonSerializer.Serialize(alerts.Select(Row)), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb } },
        };
    }

    private static object Row(StoredAlert alert)
    {
        var s = alert.State;
        return new
        {
            id = s.Id,
            child = s.Child,
            rule = s.Rule,
            occurrence = s.Occurrence,
            role = Word(s.Role),
            recipient = s.To,
            stage = Word(s.Stage),
            due = s.Due.Date,
            due_at = s.Due.At,
            raised_at = s.RaisedAt,
            status = Word(s.Status),
            because = s.Because,
            acknowledged_by = s.AcknowledgedBy,
            settled_by = s.SettledBy,
            withdrawn_because = s.WithdrawnBecause,
            position = alert.Position,
            acknowledged_at = s.AcknowledgedAt,
            seen_at = s.SeenAt,
            remind_on = s.RemindOn,
            passed_to = s.PassedTo,
            questioned = s.Questioned is { } fault ? Word(fault) : null,
        };
    }

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static AlertState Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Child = reader.GetString(1),
        Rule = reader.GetString(2),
        Occurrence = reader.GetGuid(3),
        Role = Parse<Role>(reader.GetString(4)),
        To = reader.GetString(5),
        Stage = Parse<AlertStage>(reader.GetString(6)),
        Due = new DueDate(reader.GetFieldValue<DateOnly>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8)),
        RaisedAt = reader.GetFieldValue<DateTimeOffset>(9),
        Status = Parse<AlertStatus>(reader.GetString(10)),
        Because = reader.GetFieldValue<string[]>(11),
        AcknowledgedBy = Optional(reader, 12),
        SettledBy = Optional(reader, 13),
        WithdrawnBecause = Optional(reader, 14),
        AcknowledgedAt = reader.IsDBNull(16) ? null : reader.GetFieldValue<DateTimeOffset>(16),
        SeenAt = reader.IsDBNull(17) ? null : reader.GetFieldValue<DateTimeOffset>(17),
        RemindOn = reader.IsDBNull(18) ? null : reader.GetFieldValue<DateOnly>(18),
        PassedTo = Optional(reader, 19),
        Questioned = Optional(reader, 20) is { } fault ? Parse<AlertFault>(fault) : null,
    };

    private static string? Optional(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A word as the column has it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => EventName.Word(value.ToString());

    private static T Parse<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
