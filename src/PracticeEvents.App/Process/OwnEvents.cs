using System.Globalization;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Events that the service itself appends, with ids that make a repetition a duplicate and not a second event.</summary>
internal static class OwnEvents
{
    /// <summary>CloudEvents source of everything that the service says itself.</summary>
    public const string Source = "/practice-events";

    /// <summary>True for an event of this service.</summary>
    public static bool IsOwn(StoredEvent e) => e.Source == Source;

    /// <summary>The event as the store takes it.</summary>
    /// <param name="e">The event.</param>
    /// <param name="known">The alerts as they stand, for the place of an alert event in its alert's life.</param>
    /// <param name="now">UTC instant.</param>
    public static NewEvent New(PracticeEvent e, IReadOnlyDictionary<string, StoredAlert> known, DateTimeOffset now) =>
        new Incoming(Source, Id(e, known), e, RecordedAt: now).ToNewEvent(now, "practice-events");

    /// <summary>Appends what was decided for some children within the caller's transaction, child by child: what cannot be stored for one never keeps back what is said
    /// of another.</summary>
    /// <returns>What was stored, with its place; and the children of whom nothing was.</returns>
    public static async Task<(List<(PracticeEvent Event, long Position)> Appended, List<string> Refused)> AppendEachAsync(
        NpgsqlConnection connection, IEnumerable<(string Child, IReadOnlyList<PracticeEvent> Events)> decided, IReadOnlyDictionary<string, StoredAlert> known,
        DateTimeOffset now, CancellationToken ct)
    {
        var (appended, refused) = (new List<(PracticeEvent, long)>(), new List<string>());
        foreach (var (child, events) in decided.Where(d => d.Events.Count > 0))
        {
            if (await Append(events, known, now).AskAsync(connection, ct) is { } its)
            {
                appended.AddRange(its);
            }
            else
            {
                refused.Add(child);
            }
        }

        return (appended, refused);
    }

    /// <summary>Appends events, one at least, within the caller's transaction: all of them, or nothing and the answer is nothing.</summary>
    public static Query<List<(PracticeEvent Event, long Position)>?> Append(
        IReadOnlyList<PracticeEvent> events, IReadOnlyDictionary<string, StoredAlert> known, DateTimeOffset now) =>
        EventStore.AppendWithin([.. events.Select(e => New(e, known, now))]).Then(appended =>
            appended.All(a => a.Fate is Fate.Accepted or Fate.Duplicate) ? events.Zip(appended, (e, a) => (e, a.Position)).ToList() : null);

    /// <summary>What to write of the alerts among appended events.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Told(IEnumerable<(PracticeEvent Event, long Position)> appended, Dictionary<string, StoredAlert> known, DateTimeOffset now) =>
        AlertTable.Apply(appended.Where(p => p.Event is AlertEvent).Select(p => ((AlertEvent)p.Event, now, p.Position)), known);

    /// <summary>The id of a mid-point falling due: one for each cycle and date.</summary>
    public static string MidPointId(Guid occurrence, DateOnly due) =>
        string.Create(CultureInfo.InvariantCulture, $"mid-point-due/{occurrence:N}/{due:yyyy-MM-dd}");

    private static string Id(PracticeEvent e, IReadOnlyDictionary<string, StoredAlert> known) => e switch
    {
        // An alert's next event follows its last: deciding the same thing twice from the same state gives the same id.
        AlertEvent alert => $"{alert.Alert}/{known.GetValueOrDefault(alert.Alert)?.Position ?? 0}/{EventCatalogue.KindOf(e).Alias}",
        MidPointDue { Ref: { } id } => id,
        // A load that was thought to be cut off, and then went on, has another at its end, which says something else or is said later.
        DigestReady digest => string.Create(CultureInfo.InvariantCulture,
            $"digest/{digest.Load}/{digest.Worker}/{digest.On.Instant.UtcDateTime:yyyyMMdd'T'HHmmssfff}/{digest.Alerts}-{digest.Children}-{digest.Overdue}"),
        DashboardOpened opened => string.Create(CultureInfo.InvariantCulture, $"dashboard/{opened.Worker}/{opened.On.Date:yyyy-MM-dd}"),
        _ => Guid.NewGuid().ToString("N"),
    };
}
