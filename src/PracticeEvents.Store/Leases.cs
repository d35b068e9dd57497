using Npgsql;

namespace PracticeEvents.Store;

/// <summary>A lease that a node holds. Every write of its holder is guarded by the epoch, so that a stale holder is refused by the database.</summary>
/// <param name="Name">What is leased, such as one share of a consumer's work.</param>
/// <param name="Epoch">Grows by one each time the lease changes hands.</param>
public sealed record Lease(string Name, long Epoch)
{
    /// <summary>
    /// Refuses the transaction unless all leases still stand at their epochs, and keeps them from changing hands until the transaction ends.
    /// </summary>
    /// <exception cref="LeaseLostException">One of them has passed to another.</exception>
    public static Task GuardAsync(NpgsqlConnection connection, IReadOnlyCollection<Lease> leases, CancellationToken ct = default) =>
        Guard(leases).AskAsync(connection, ct);

    /// <summary>The same as a part of what a transaction asks first. Its answer is of no interest.</summary>
    public static Query<bool> Guard(IReadOnlyCollection<Lease> leases) => new(
        new("select l.name from practice.leases l join unnest($1, $2) as h (name, epoch) on h.name = l.name and h.epoch = l.epoch for share of l")
        {
            Parameters = { new() { Value = leases.Select(l => l.Name).ToArray() }, new() { Value = leases.Select(l => l.Epoch).ToArray() } },
        },
        async (reader, ct) =>
        {
            var standing = new HashSet<string>(StringComparer.Ordinal);
            while (await reader.ReadAsync(ct))
            {
                standing.Add(reader.GetString(0));
            }

            return leases.FirstOrDefault(l => !standing.Contains(l.Name)) is { } lost ? throw new LeaseLostException(lost.Name, lost.Epoch) : true;
        });
}

/// <summary>How the nodes share out the work. Who is alive goes by the database's clock, so that the nodes' own need not agree.</summary>
/// <param name="source">The database. Its sessions carry the application name <c>practice/</c> and the node, by which a silent node is cut off.</param>
/// <param name="node">This node's own name, unlike any other's.</param>
public sealed class Leases(NpgsqlDataSource source, string node)
{
    // Shorter gaps are restarts; nobody needs to hear of them.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>Says that this node is alive, and gives it its fair share of the leases named: what dead nodes held, and what those with too much gave up.</summary>
    /// <param name="names">Everything there is to share out.</param>
    /// <param name="ttl">How long this node counts as alive without saying so again.</param>
    /// <param name="now">The clock that the nodes go by (UTC), to know afterwards when nobody was at work.</param>
    /// <param name="alone">True to take nothing while any other node is alive.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>What this node holds now. A lease that it held and that is not among them has passed to another.</returns>
    public async Task<IReadOnlyList<Lease>> ShareAsync(
        IReadOnlyCollection<string> names, TimeSpan ttl, DateTimeOffset now, bool alone = false, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select names, epochs from practice.share_leases($1, $2, $3, $4, $5, $6)");
        // A beat that takes longer than a life is no beat.
        command.CommandTimeout = Math.Clamp((int)ttl.TotalSeconds / 2, 2, 30);
        command.Parameters.AddWithValue(node);
        command.Parameters.AddWithValue(names.ToArray());
        command.Parameters.AddWithValue(ttl);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        command.Parameters.AddWithValue(alone);
        command.Parameters.AddWithValue(Silence);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return [.. reader.GetFieldValue<string[]>(0).Zip(reader.GetFieldValue<long[]>(1), (name, epoch) => new Lease(name, epoch))];
    }

    /// <summary>Gives everything up, so that others can take it at once. Writes under the old epochs are refused from here on.</summary>
    public async Task LeaveAsync(CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select practice.leave_leases($1)");
        command.Parameters.AddWithValue(node);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Of the leases named, those that nobody who is alive holds: work that nobody does.</summary>
    public async Task<IReadOnlyList<string>> UnheldAsync(IReadOnlyCollection<string> names, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("""
            select w.name from unnest($1) as w (name)
            where not exists (select from practice.leases l join practice.nodes n on n.node = l.holder and n.expires_at > clock_timestamp() where l.name = w.name)
            order by 1
            """);
        command.Parameters.AddWithValue(names.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var unheld = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            unheld.Add(reader.GetString(0));
        }

        return unheld;
    }

    /// <summary>The times at which no node was at work, the latest last.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Began, DateTimeOffset Ended)>> SilencesAsync(DateTimeOffset since, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("select began, ended from practice.silences where ended >= $1 order by began");
        command.Parameters.AddWithValue(since.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var silences = new List<(DateTimeOffset, DateTimeOffset)>();
        while (await reader.ReadAsync(ct))
        {
            silences.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1)));
        }

        return silences;
    }
}
