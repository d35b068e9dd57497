using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process.Proving;

/// <summary>Reads the timers that some children have of their own.</summary>
internal sealed class TimersOfChildren(NpgsqlDataSource source)
{
    /// <summary>The timers by child, those that somebody else has set left out.</summary>
    public async Task<ILookup<string, DueTimer>> OfAsync(IReadOnlyCollection<string> children, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select owner, key, due_at from practice.timers where owner = any($1) and left(key, 1) <> '~'");
        command.Parameters.AddWithValue(children.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var timers = new List<DueTimer>();
        while (await reader.ReadAsync(ct))
        {
            timers.Add(new DueTimer(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return timers.ToLookup(t => t.Owner, StringComparer.Ordinal);
    }

    /// <summary>Those of some children with whom the service has not caught up: an event of theirs is not worked through, a timer that is due has not fired, or they have
    /// yet to be looked at. What is live of them is behind.</summary>
    /// <param name="children">The children as their events have them.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops the query.</param>
    public async Task<IReadOnlySet<string>> BehindAsync(IReadOnlyCollection<ChildPicture> children, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"""
            select c.child from unnest($1, $2, $3) as c (child, last, share) left join public.mt_event_progression p on p.name = c.share
            where c.last > coalesce(p.last_seq_id, 0)
               or exists (select from practice.timers w where w.owner = c.child and ({Everyone.IsToBeLookedAt} or w.due_at <= $4))
            """);
        command.Parameters.AddWithValue(children.Select(c => c.Child).ToArray());
        command.Parameters.AddWithValue(children.Select(c => c.Recorded.Count == 0 ? 0 : c.Recorded[^1].Position).ToArray());
        command.Parameters.AddWithValue(children.Select(c => Share.Positions[Partitions.Of(c.Child)]).ToArray());
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var behind = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            behind.Add(reader.GetString(0));
        }

        return behind;
    }
}
