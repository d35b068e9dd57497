using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Which children are in the middle of being loaded.</summary>
internal static class Loads
{
    // A load that was cut off never finishes. Its children are not to be quiet for ever, so a load counts as under way only this long after a child's last event of it.
    private static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(15);

    /// <summary>Adds the children whose last event belongs to a load that has not finished. They may be looked at for another reason meanwhile,
    /// such as a team that was registered, and what their history holds is still no news.</summary>
    /// <param name="source">The database.</param>
    /// <param name="loads">The load of each child that has new events; nothing where they are not all of one load.</param>
    /// <param name="streams">The events of every child looked at.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task AddUnfinishedAsync(
        NpgsqlDataSource source, Dictionary<string, string?> loads, IEnumerable<List<StoredEvent>> streams, DateTimeOffset now, CancellationToken ct)
    {
        var others = streams.Where(s => now - s[^1].ReceivedAt < UnderWay).Select(s => (Child: s[^1].Stream[ChildPicture.StreamPrefix.Length..], Load: StoredFacts.Load(s[^1])))
            .Where(s => s.Load is not null && !loads.ContainsKey(s.Child)).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var finished = new HashSet<string>(StringComparer.Ordinal);
        await using var command = source.CreateCommand("select id from public.mt_streams where id = any($1)");
        command.Parameters.AddWithValue(others.Select(o => $"load-{o.Load}").Distinct().ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            finished.Add(reader.GetString(0)["load-".Length..]);
        }

        foreach (var (child, load) in others.Where(o => !finished.Contains(o.Load!)))
        {
            loads[child] = load;
        }
    }
}
