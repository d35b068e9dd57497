using Npgsql;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>A child's last event that others told, as far as loads go by it. What this service says itself comes with no load, and is no news.</summary>
/// <param name="Load">The load it came with; nothing when it came live.</param>
/// <param name="ReceivedAt">When it was received (UTC instant).</param>
internal sealed record LoadedEvent(string? Load, DateTimeOffset ReceivedAt)
{
    /// <summary>What the last of some events that others told says of loads; nothing when there is none.</summary>
    public static LoadedEvent? LastOf(IReadOnlyList<StoredEvent> events) =>
        events.LastOrDefault(e => !OwnEvents.IsOwn(e)) is { } last ? new(StoredFacts.Load(last), last.ReceivedAt) : null;
}

/// <summary>Which children are in the middle of being loaded.</summary>
internal static class Loads
{
    /// <summary>Notes the load of a child who has news: a child is being loaded while everything new about it was loaded, by the last of the loads where
    /// there were several, such as one that was cut off and then begun again.</summary>
    public static void Note(Dictionary<string, string?> loads, string child, List<StoredEvent>? news, IEnumerable<DueTimer> due)
    {
        var its = due.Where(t => t.Key.StartsWith(Everyone.BehindWith(null), StringComparison.Ordinal)).OrderBy(t => t.DueAt).Select(t => Everyone.LoadOf(t.Key))
            .Concat((news ?? []).Where(e => !OwnEvents.IsOwn(e)).Select(StoredFacts.Load))
            .ToList();
        if (its.Count > 0)
        {
            loads[child] = its.Contains(null) ? null : its[^1];
        }
    }

    /// <summary>Adds the children whose last event belongs to a load that has not finished. They may be looked at for another reason meanwhile,
    /// such as a team that was registered, and what their history holds is still no news.</summary>
    /// <param name="source">The database.</param>
    /// <param name="loads">The load of each child that has new events; nothing where they are not all of one load.</param>
    /// <param name="last">The last event of every child looked at, where it was read.</param>
    /// <param name="position">How far the log is read: a load whose end stands further back has not finished for those who have not come to it.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task AddUnfinishedAsync(
        NpgsqlDataSource source, Dictionary<string, string?> loads, IEnumerable<(string Child, LoadedEvent Last)> last, long position, DateTimeOffset now,
        CancellationToken ct)
    {
        var others = last.Where(s => now - s.Last.ReceivedAt < Surroundings.LoadUnderWay && s.Last.Load is not null && !loads.ContainsKey(s.Child)).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var finished = new HashSet<string>(StringComparer.Ordinal);
        await using var command = source.CreateCommand("select stream_id from public.mt_events where stream_id = any($1) and seq_id <= $2");
        command.Parameters.AddWithValue(others.Select(o => $"load-{o.Last.Load}").Distinct().ToArray());
        command.Parameters.AddWithValue(position);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            finished.Add(reader.GetString(0)["load-".Length..]);
        }

        foreach (var (child, its) in others.Where(o => !finished.Contains(o.Last.Load!)))
        {
            loads[child] = its.Load;
        }
    }
}
