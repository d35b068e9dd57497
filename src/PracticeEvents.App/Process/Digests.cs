using System.Text.Json;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>After a history was loaded: one message to each person about what is still open for them.</summary>
internal static class Digests
{
    private const string Sql = """
        select a.recipient, count(*)::int, count(distinct a.child)::int, (count(*) filter (where a.stage in ('overdue', 'escalated')))::int
        from practice.alerts a
        where a.status in ('open', 'acknowledged')
          and exists (select from public.mt_events e
                      where e.stream_id = 'alert-' || a.id and e.type in ('alert_raised', 'alert_stage_reached') and e.data ->> 'load' = $1)
        group by a.recipient order by a.recipient
        """;

    /// <summary>Appends a digest for each person whom the load left with something open, within the caller's transaction.</summary>
    public static async Task SendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string load, DateTimeOffset now, CancellationToken ct)
    {
        var digests = new List<DigestReady>();
        await using (var command = new NpgsqlCommand(Sql, connection, transaction) { Parameters = { new() { Value = load } } })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                digests.Add(new DigestReady
                {
                    Worker = reader.GetString(0),
                    On = Happened.AtInstant(now),
                    Load = load,
                    Alerts = reader.GetInt32(1),
                    Children = reader.GetInt32(2),
                    Overdue = reader.GetInt32(3),
                });
            }
        }

        if (digests.Count == 0)
        {
            return;
        }

        var known = new Dictionary<string, StoredAlert>();
        var appended = await EventStore.AppendWithinAsync(connection, transaction, [.. digests.Select(d => OwnEvents.New(d, known, now))], ct);
        var entries = digests.Zip(appended).Select(p => new FeedEntry(
            p.Second.Position, EventCatalogue.Kind<DigestReady>().Alias, p.First.Worker, "", now, JsonSerializer.Serialize(p.First, EventJson.Options)));
        await AlertFeed.AddAsync(connection, [.. entries], ct);
    }
}
