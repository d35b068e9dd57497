using System.Globalization;
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

    /// <summary>The event as the store takes it.</summary>
    /// <param name="e">The event.</param>
    /// <param name="known">The alerts as they stand, for the place of an alert event in its alert's life.</param>
    /// <param name="now">UTC instant.</param>
    public static NewEvent New(PracticeEvent e, IReadOnlyDictionary<string, StoredAlert> known, DateTimeOffset now) =>
        new Incoming(Source, Id(e, known), e, RecordedAt: now).ToNewEvent(now, "practice-events");

    /// <summary>The id of a mid-point falling due: one for each cycle and date.</summary>
    public static string MidPointId(Guid occurrence, DateOnly due) =>
        string.Create(CultureInfo.InvariantCulture, $"mid-point-due/{occurrence:N}/{due:yyyy-MM-dd}");

    private static string Id(PracticeEvent e, IReadOnlyDictionary<string, StoredAlert> known) => e switch
    {
        // An alert's next event follows its last: deciding the same thing twice from the same state gives the same id.
        AlertEvent alert => $"{alert.Alert}/{known.GetValueOrDefault(alert.Alert)?.Position ?? 0}/{EventCatalogue.KindOf(e).Alias}",
        MidPointDue { Ref: { } id } => id,
        DigestReady digest => $"digest/{digest.Load}/{digest.Worker}",
        _ => Guid.NewGuid().ToString("N"),
    };
}
