using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Measures;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.Measuring;

/// <summary>Cases of the measures of messages to know, from the alerts' own streams.</summary>
internal sealed class AlertCases(NpgsqlDataSource source, EventStore store, WorkingDays calendar)
{
    private const string Prefix = "alert-";

    /// <summary>The alerts to know that were raised before a London date is over, of some children or of all, each with its child and its facts.</summary>
    public async Task<IReadOnlyList<(string Child, IReadOnlyList<Fact> Facts)>> FactsAsync(IReadOnlyCollection<string>? children, DateOnly from, DateOnly to, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"""
            select id, child from practice.{AlertTable.Name}
            where stage = $1 and raised_at >= $2 and raised_at < $3 and ($4::text[] is null or child = any($4))
            """);
        command.Parameters.AddWithValue(EventName.Word(AlertStage.ToKnow));
        command.Parameters.AddWithValue(new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        command.Parameters.AddWithValue(new DateTimeOffset(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = children?.ToArray() ?? (object)DBNull.Value,
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text,
        });
        var childOf = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                childOf[Prefix + reader.GetString(0)] = reader.GetString(1);
            }
        }

        var streams = await store.ReadStreamsAsync(childOf.Keys, null, ct);
        return [.. streams.Select(s => (childOf[s.Key], (IReadOnlyList<Fact>)[.. RecordedFacts.Readable(s.Value)]))];
    }

    /// <summary>The cases of some measures from what had been received by an instant.</summary>
    public IEnumerable<MeasuredRow> Of(IEnumerable<IAlertMeasure> measures, IEnumerable<(string Child, IReadOnlyList<Fact> Facts)> alerts, DateTimeOffset? asAt) =>
        from measure in measures
        from alert in alerts
        let known = asAt is { } instant ? [.. alert.Facts.Where(f => f.ReceivedAt <= instant)] : alert.Facts
        let one = measure.Case(known, calendar)
        where one is not null
        select MeasuredRow.Of(alert.Child, measure.About.Id, one, null);
}
