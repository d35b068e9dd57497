using System.Text.Json;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>The alerts and their feed from the alert events. Nobody is told anything: what was said was said.</summary>
internal sealed class AlertRecipe : IRecipe
{
    private const string StreamPrefix = "alert-";

    private static readonly string Digest = EventCatalogue.Kind<DigestReady>().Alias;

    public Selection Events { get; } = new("", [.. EventCatalogue.All.Where(k => k.Record.IsAssignableTo(typeof(AlertEvent))).Select(k => k.Alias), Digest]);

    public IReadOnlyList<RebuiltTable> Tables { get; } =
    [
        new(AlertTable.Name, AlertRows.ColumnTypes, ["id"], AlertRows.Create, AlertRows.Index)
        {
            Owner = ("id", "text", stream => stream[0].Stream.StartsWith(StreamPrefix, StringComparison.Ordinal) ? [stream[0].Stream[StreamPrefix.Length..]] : []),
            Steady = $"""
                not exists (
                    select from public.mt_events e
                    where e.seq_id > $1 and not e.is_archived and starts_with(e.stream_id, '{StreamPrefix}') and substring(e.stream_id from 7) = t.id)
                """,
        },
        new(AlertFeed.Name, AlertFeed.ColumnTypes, ["position"], AlertFeed.Create, AlertFeed.Index)
        {
            Owner = ("position", "bigint", stream => stream.Select(e => (object)e.Position)),
            Steady = "(t.position <= $1 or exists (select from public.mt_events e where e.seq_id = t.position and e.is_archived))",
        },
    ];

    // Whoever changes an alert locks its row first, and appends the event in the same transaction: under this lock the log and the tables say the same.
    public string WriteLock => "exclusive";

    public IReadOnlyList<IEnumerable<object?[]>> Rows(IReadOnlyList<StoredEvent> stream)
    {
        StoredAlert? alert = null;
        var said = new List<object?[]>();
        foreach (var fact in stream.Where(e => Events.Types!.Contains(e.Type)).Select(StoredFacts.Read))
        {
            if (fact.Event is DigestReady digest)
            {
                said.Add(AlertFeed.Values(new FeedEntry(fact.Position, Digest, digest.Worker, "", fact.ReceivedAt, JsonSerializer.Serialize(digest, EventJson.Options))));
            }
            else if (fact.Event is AlertEvent e && AlertState.Evolve(alert?.State, e, fact.ReceivedAt) is { } after)
            {
                alert = new StoredAlert(after, fact.Position);
                if (FeedEntry.Of(e, after, fact.ReceivedAt, fact.Position) is { } entry)
                {
                    said.Add(AlertFeed.Values(entry));
                }
            }
        }

        return [alert is null ? [] : [AlertRows.Values(alert)], said];
    }

    public Task SwappedAsync(NpgsqlConnection connection, CancellationToken ct) => Task.CompletedTask;
}
