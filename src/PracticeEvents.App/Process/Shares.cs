using Npgsql;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>The shares of the children that this node holds. A heartbeat of its own says that the node is alive and hears what it holds; the process
/// takes that up between two passes.</summary>
internal sealed class Shares(NpgsqlDataSource source, Leases leases, Histories histories, RuleBook rules, Feeds feeds, TimeProvider time, ILogger<Shares> log)
{
    /// <summary>How often a node says that it is alive.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>How long a node that says nothing counts as alive. With the beat it bounds how long nobody does its work.</summary>
    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(7);

    private const string Ddl = """
        create table if not exists practice.shares (partition smallint primary key, rules text not null);
        with before as (delete from public.mt_event_progression where name = 'Timescales:All' returning last_seq_id)
        insert into public.mt_event_progression (name, last_seq_id)
        select 'Timescales:' || p, last_seq_id from before, generate_series(0, 15) as p on conflict do nothing;
        """;

    // The children of a share are worked out anew when its last holder went by other rules, by fewer because nothing was sent that meets them yet, or by
    // another release of the code; those who are not watched, at every change of hands.
    private const string Taken = """
        insert into practice.shares as s (partition, rules) select p, $2 from unnest($1) as p order by p
        on conflict (partition) do update set rules = excluded.rules where s.rules <> excluded.rules
        returning partition
        """;

    // A release that works a date out otherwise has the same rules. A compiler that is given the same sources makes the same identity.
    private static readonly string Code = string.Join(' ', new[] { typeof(RuleBook), typeof(Shares) }.Select(t => t.Module.ModuleVersionId.ToString("N")));

    private readonly Dictionary<int, Share> held = [];
    private IReadOnlyList<Lease> leased = [];

    /// <summary>What this node holds and has taken up.</summary>
    public IReadOnlyCollection<Share> Held => held.Values;

    /// <summary>The lease of the first share, whose holder does what is done once for all; nothing when another node holds it.</summary>
    public Lease? First => held.GetValueOrDefault(0)?.Lease;

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Says that this node is alive.</summary>
    /// <param name="alone">True to hold nothing while another node is alive.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>True when what the node holds has changed.</returns>
    public async Task<bool> BeatAsync(bool alone, CancellationToken ct)
    {
        var before = leased;
        var now = await leases.ShareAsync(Share.Leases, Ttl, time.GetUtcNow(), alone, ct);
        Volatile.Write(ref leased, now);
        return !now.SequenceEqual(before);
    }

    /// <summary>Takes up what the last beat heard: shares that passed to others are dropped, and new ones start where their last holder left them.</summary>
    public async Task AdoptAsync(DateTimeOffset now, CancellationToken ct)
    {
        var mine = Volatile.Read(ref leased);
        var lost = held.Values.Where(s => !mine.Contains(s.Lease)).Select(s => s.Partition).ToHashSet();
        var gained = mine.Where(l => held.GetValueOrDefault(Share.PartitionOf(l))?.Lease != l).ToList();
        Drop(lost);
        if (gained.Count == 0)
        {
            return;
        }

        await feeds.LoadAsync(ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Lease.GuardAsync(connection, gained, ct);
        int[] partitions = [.. gained.Select(Share.PartitionOf)];
        var positions = await Positions.ReadAsync(connection, transaction, [.. partitions.Select(p => Share.Positions[p])], ct);
        await Everyone.ScheduleUnmonitoredAsync(connection, partitions, now, ct);

        // Of all that it holds: what was just found to have been sent concerns the shares that it held before as well.
        if (await OfOtherRulesAsync(connection, [.. mine.Select(Share.PartitionOf)], ct) is { Count: > 0 } changed)
        {
            await Everyone.ScheduleAsync(connection, changed, now, ct);
        }

        await transaction.CommitAsync(ct);
        foreach (var lease in gained)
        {
            var partition = Share.PartitionOf(lease);
            held[partition] = new Share(partition, lease, positions[Share.Positions[partition]]);
        }

        log.SharesTaken(gained.Count, held.Count);
    }

    /// <summary>Everybody has been put down to be looked at by the rules in force, so that whoever holds these shares next need not.</summary>
    public static async Task GoneByAsync(NpgsqlConnection connection, Cohort cohort, RuleBook rules, CancellationToken ct)
    {
        await using var command = Taking(connection, cohort.Partitions, rules);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The shares of a cohort have been worked through up to a position.</summary>
    public void MovedOn(Cohort cohort, long position)
    {
        foreach (var share in cohort.Shares)
        {
            held[share.Partition] = share with { Position = position };
        }
    }

    /// <summary>Forgets everything: after a fault, what is held and where it stands is asked anew.</summary>
    public void Forget() => Drop([.. held.Keys]);

    /// <summary>Gives everything up, so that others can take it at once.</summary>
    public async Task LeaveAsync(CancellationToken ct)
    {
        Volatile.Write(ref leased, []);
        Forget();
        await leases.LeaveAsync(ct);
    }

    private void Drop(HashSet<int> partitions)
    {
        histories.Drop(partitions);
        foreach (var partition in partitions)
        {
            held.Remove(partition);
        }
    }

    private async Task<List<int>> OfOtherRulesAsync(NpgsqlConnection connection, int[] partitions, CancellationToken ct)
    {
        await using var command = Taking(connection, partitions, rules);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var changed = new List<int>();
        while (await reader.ReadAsync(ct))
        {
            changed.Add(reader.GetInt16(0));
        }

        return changed;
    }

    private static NpgsqlCommand Taking(NpgsqlConnection connection, IEnumerable<int> partitions, RuleBook rules) => new(Taken, connection)
    {
        Parameters = { new() { Value = partitions.Select(p => (short)p).ToArray() }, new() { Value = $"{rules.InForce} {Code}" } },
    };
}
