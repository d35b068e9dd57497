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

    /// <summary>Those of some children who have yet to be looked at: what is live of them is behind.</summary>
    public async Task<IReadOnlySet<string>> BehindAsync(IReadOnlyCollection<string> children, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select distinct w.owner from practice.timers w where w.owner = any($1) and {Everyone.IsToBeLookedAt}");
        command.Parameters.AddWithValue(children.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var behind = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            behind.Add(reader.GetString(0));
        }

        return behind;
    }
}
