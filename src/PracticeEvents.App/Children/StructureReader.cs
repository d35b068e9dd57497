using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Children;

/// <summary>The authority's teams and workers, read from their events and kept until one more event comes.</summary>
internal sealed class StructureReader(NpgsqlDataSource source, EventStore store)
{
    /// <summary>Stored names of the events that change the structure.</summary>
    public static readonly string[] Types = [.. Structure.Kinds.Select(k => k.Alias)];

    private volatile Kept? kept;

    private sealed record Kept(long Position, Structure Structure);

    /// <summary>The structure as somebody last read it; nothing before that.</summary>
    public Structure? LastRead => kept?.Structure;

    /// <summary>The structure now, or as it was known at an instant.</summary>
    public async Task<Structure> ReadAsync(DateTimeOffset? asAt = null, CancellationToken ct = default)
    {
        if (asAt is { } instant)
        {
            return new Structure((await FactsAsync(ct)).Where(f => f.ReceivedAt <= instant));
        }

        return await ReadAsync(await Position().AskAsync(source, ct), ct);
    }

    /// <summary>The structure up to the position of its last event.</summary>
    /// <param name="position">As from <see cref="Position"/>.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Structure> ReadAsync(long position, CancellationToken ct)
    {
        if (kept is { } fresh && fresh.Position == position)
        {
            return fresh.Structure;
        }

        var structure = new Structure(await FactsAsync(ct));
        kept = new Kept(position, structure);
        return structure;
    }

    /// <summary>True for an event that changes the structure.</summary>
    public static bool Changes(StoredEvent stored) => Types.Contains(stored.Type);

    /// <summary>The position of the structure's last event.</summary>
    public static Query<long> Position() => new(
        // The last of each type by itself: one step into the index of types and positions, however many there are. Asked for the highest position of a type, the database
        // may go back through all events until it meets one of that type; asked for what stands before the end of the type, it cannot.
        new("""
            select coalesce(max(own.seq_id) filter (where own.type = t.type), 0)
            from unnest($1) as t (type)
            cross join lateral (
                select e.type, e.seq_id from public.mt_events e where (e.type, e.seq_id) <= (t.type, 9223372036854775807) order by e.type desc, e.seq_id desc limit 1) as own
            """) { Parameters = { new() { Value = Types } } },
        async (reader, ct) => await reader.ReadAsync(ct) ? reader.GetInt64(0) : 0);

    private async Task<List<Fact>> FactsAsync(CancellationToken ct)
    {
        return [.. RecordedFacts.Readable(await store.ReadEveryAsync(Types, ct))];
    }
}
