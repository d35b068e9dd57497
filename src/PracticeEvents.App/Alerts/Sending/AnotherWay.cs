using Npgsql;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Sends what stands in the line of a way that does not work, or is deleted, by another of the same person: the oldest that asks for it and
/// has not had it; for what nobody can leave out, and for what waits in a way that is deleted, the oldest that has not had it. What the first way
/// should deliver after all is told twice, which is the smaller fault.</summary>
internal sealed class AnotherWay(NpgsqlDataSource source, Outbox outbox, Digested digested, Subscriptions subscriptions, Planning planning, IEnumerable<IChannel> channels)
{
    /// <summary>Puts it in line, at the times that the person chose for the other way. What was in that line before is not put there again.</summary>
    /// <param name="s">The way.</param>
    /// <param name="isDeleted">True when it is deleted.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops it.</param>
    public async Task TellAsync(Subscription s, bool isDeleted, DateTimeOffset now, CancellationToken ct)
    {
        var personal = channels.Personal();
        var others = (await subscriptions.OfAsync(s.Worker, ct)).Where(o => o.Id != s.Id && o.DisabledAt is null && personal.Contains(o.Channel)).ToList();
        if (others.Count == 0 || !channels.Any(c => c.Name == s.Channel && c.IsForPeople))
        {
            return;
        }

        var waiting = await digested.EntriesAsync([.. (await outbox.WaitingAsync(Standing.LineOf(s), ct)).Select(Standing.Of)], ct);
        var entries = waiting.OfType<FeedEntry>().Where(e => e.Alert is not null && e.Recipient == s.Worker).OrderBy(e => e.Position).ToList();
        var had = await outbox.ThoseInLineAsync([.. others.SelectMany(o => entries.Select(e => (Standing.LineOf(o), Standing.KeyOf(o, e))))], ct);
        var families = await planning.FamiliesAsync(entries, ct);
        var today = London.DateOf(now);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var sent = await Planning.SentAsync(connection, [.. others.Select(Standing.LineOf)], today, ct);
        foreach (var way in entries.GroupBy(e => WayFor(e)).Where(g => g.Key is not null))
        {
            var planned = planning.Of(way.Key!.Times, way.Select(e => e with { At = now }), families, sent[Standing.LineOf(way.Key)], today);
            await Outbox.AddAsync(connection, transaction, [.. planned.Select(p => Standing.ItemOf(way.Key, p.Entry, p.Planned, now))], ct);
        }

        await using var wake = new NpgsqlCommand("select pg_notify('practice_events', '')", connection);
        await wake.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);

        Subscription? WayFor(FeedEntry e)
        {
            var free = others.Where(o => !had.Contains((Standing.LineOf(o), Standing.KeyOf(o, e)))).ToList();
            return free.FirstOrDefault(o => o.Wants(e.Alert!.Stage, isOwn: true)) ?? (isDeleted || Urgency.Compulsory.Contains(e.Alert!.Stage) ? free.FirstOrDefault() : null);
        }
    }
}
