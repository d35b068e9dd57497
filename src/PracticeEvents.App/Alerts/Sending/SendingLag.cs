using Npgsql;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>How far behind the sending of what was said is. An inbox shows it all the same; whoever asked to be sent it waits.</summary>
internal sealed class SendingLag(NpgsqlDataSource source, Subscriptions subscriptions, Delivering delivering)
{
    private const string Sql = """
        select
            (select f.at from practice.alert_feed f where f.position > (select position from practice.sending_position) and f.at >= $1 order by f.position limit 1),
            (select min(first.due_at) from unnest($2) as line (channel)
             cross join lateral (
                select o.due_at from practice.outbox o where o.channel = line.channel and o.sent_at is null and o.due_at <= $3 order by o.due_at limit 1) first)
        """;

    /// <summary>Since when the oldest word waits to be put in line, and since when the oldest in line waits that is due; UTC instants, nothing where none waits or nobody is sent
    /// anything.</summary>
    public async Task<(DateTimeOffset? NotInLine, DateTimeOffset? NotSent)> ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        var all = (await subscriptions.SendingAsync(ct)).Where(s => s.DisabledAt is null && delivering.Channel(s.Channel) is { WhyOff: null }).ToList();
        if (all.Count == 0)
        {
            return (null, null);
        }

        await using var command = source.CreateCommand(Sql);
        command.Parameters.AddWithValue(all.Min(s => s.CreatedAt).ToUniversalTime());
        command.Parameters.AddWithValue(all.Select(Standing.LineOf).ToArray());
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (await reader.GetFieldValueAsync<DateTimeOffset?>(0, ct), await reader.GetFieldValueAsync<DateTimeOffset?>(1, ct));
    }
}
