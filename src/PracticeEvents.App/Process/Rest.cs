using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Events that are not about one child: what others say to alerts, and loads that finish. Whoever holds the first share deals with them.</summary>
internal static class Rest
{
    /// <summary>Stored names of these events.</summary>
    public static readonly string[] Types =
        [EventCatalogue.Kind<LoadFinished>().Alias, .. EventCatalogue.All.Where(k => k.Record.IsAssignableTo(typeof(AlertEvent))).Select(k => k.Alias)];

    /// <summary>Alert events that were appended by another program than this service, which wrote no rows with them. Their alerts are locked and added to those known.</summary>
    public static async Task<IReadOnlyList<(AlertEvent Event, DateTimeOffset At, long Position)>> AlertEventsAsync(
        NpgsqlConnection connection, List<StoredEvent> events, Dictionary<string, StoredAlert> known, CancellationToken ct)
    {
        var foreign = events.Where(e => e.Stream.StartsWith("alert-", StringComparison.Ordinal) && !IsOwnAlert(e));
        var said = RecordedFacts.Readable(foreign).Where(f => f.Event is AlertEvent).Select(f => ((AlertEvent)f.Event, f.ReceivedAt, f.Position)).ToList();
        var others = said.Select(s => s.Item1.Alert).Where(id => !known.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var alert in others.Count == 0 ? [] : await AlertTable.LockAsync(connection, others, ct))
        {
            known[alert.State.Id] = alert;
        }

        return said;
    }

    /// <summary>True for an alert event of this service, whose rows were written with it.</summary>
    public static bool IsOwnAlert(StoredEvent e) => OwnEvents.IsOwn(e) && e.Stream.StartsWith("alert-", StringComparison.Ordinal);
}
