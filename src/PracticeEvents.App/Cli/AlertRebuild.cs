using System.Text.Json;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary>Folds the alerts and their feed anew from the alert events. Nobody is told anything: what was said was said.</summary>
internal static class AlertRebuild
{
    private const int EventsAtOnce = 5000;

    private static readonly string Digest = EventCatalogue.Kind<DigestReady>().Alias;

    /// <summary>Fills both tables anew in one commit, while nobody else writes to them.</summary>
    public static async Task RunAsync(NpgsqlDataSource source, EventStore store, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // Alert events commit together with their rows, so that under this lock the log and the tables say the same.
        await RunAsync("lock table practice.alerts, practice.alert_feed in exclusive mode", connection, ct);
        var alerts = new Dictionary<string, StoredAlert>(StringComparer.Ordinal);
        await RunAsync("delete from practice.alert_feed", connection, ct);
        string[] types = [.. EventCatalogue.All.Where(k => k.Record.IsAssignableTo(typeof(AlertEvent))).Select(k => k.Alias), Digest];
        for (long after = 0; ;)
        {
            var page = await store.ReadAllAsync(after, EventsAtOnce, types, ct);
            await Batches.WriteAsync(connection, AlertFeed.Add([.. page.Select(e => Fold(StoredFacts.Read(e), alerts)).OfType<FeedEntry>()]), ct);
            if (page.Count < EventsAtOnce)
            {
                break;
            }

            after = page[^1].Position;
        }

        await AlertTable.RebuildAsync(connection, alerts.Values, ct);
        await transaction.CommitAsync(ct);
    }

    private static FeedEntry? Fold(Fact fact, Dictionary<string, StoredAlert> alerts)
    {
        if (fact.Event is DigestReady digest)
        {
            return new FeedEntry(fact.Position, Digest, digest.Worker, "", fact.ReceivedAt, JsonSerializer.Serialize(digest, EventJson.Options));
        }

        var e = (AlertEvent)fact.Event;
        if (AlertState.Evolve(alerts.GetValueOrDefault(e.Alert)?.State, e, fact.ReceivedAt) is not { } after)
        {
            return null;
        }

        alerts[e.Alert] = new StoredAlert(after, fact.Position);
        return FeedEntry.Of(e, after, fact.ReceivedAt, fact.Position);
    }

    private static async Task RunAsync(string sql, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
