using Npgsql;

namespace PracticeEvents.Store;

/// <summary>A lease that was taken. Every write of its holder is guarded by the epoch, so that a stale holder is refused by the database.</summary>
/// <param name="Name">What is leased, such as a consumer's name.</param>
/// <param name="Holder">The node that holds it.</param>
/// <param name="Epoch">Grows by one each time the lease changes hands.</param>
public sealed record Lease(string Name, string Holder, long Epoch)
{
    /// <summary>
    /// Refuses the transaction unless the lease still stands at this epoch, and keeps it from changing hands until the transaction ends.
    /// </summary>
    /// <exception cref="LeaseLostException">Someone else has taken it.</exception>
    public async Task GuardAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand(
            "select 1 from practice.leases where name = $1 and epoch = $2 for share", connection, transaction)
        {
            Parameters = { new() { Value = Name }, new() { Value = Epoch } },
        };
        if (await command.ExecuteScalarAsync(ct) is null)
        {
            throw new LeaseLostException(Name, Epoch);
        }
    }
}

/// <summary>Who owns which piece of work. Time is the database's, so that nodes' clocks need not agree.</summary>
/// <param name="source">The database.</param>
public sealed class Leases(NpgsqlDataSource source)
{
    /// <summary>Takes a lease that is free, has run out, or is already this holder's own.</summary>
    /// <returns>The lease with a new epoch; nothing when another holds it.</returns>
    public async Task<Lease?> TryTakeAsync(string name, string holder, TimeSpan ttl, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("""
            insert into practice.leases as l (name, holder, epoch, expires_at)
            values ($1, $2, 1, clock_timestamp() + $3)
            on conflict on constraint leases_pkey do update
            set holder = excluded.holder, epoch = l.epoch + 1, expires_at = excluded.expires_at
            where l.expires_at <= clock_timestamp() or l.holder = excluded.holder
            returning epoch
            """);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(holder);
        command.Parameters.AddWithValue(ttl);
        return await command.ExecuteScalarAsync(ct) is long epoch ? new Lease(name, holder, epoch) : null;
    }

    /// <summary>Keeps a lease for longer. One that has run out can still be renewed while nobody else has taken it.</summary>
    /// <returns>False when it has passed to another.</returns>
    public async Task<bool> RenewAsync(Lease lease, TimeSpan ttl, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand(
            "update practice.leases set expires_at = clock_timestamp() + $3 where name = $1 and epoch = $2 and holder <> ''");
        command.Parameters.AddWithValue(lease.Name);
        command.Parameters.AddWithValue(lease.Epoch);
        command.Parameters.AddWithValue(ttl);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Gives a lease up, so that another can take it at once. Writes under the old epoch are refused from here on.</summary>
    public async Task ReleaseAsync(Lease lease, CancellationToken ct = default)
    {
        await using var command = source.CreateCommand("""
            update practice.leases set holder = '', epoch = epoch + 1, expires_at = clock_timestamp()
            where name = $1 and epoch = $2
            """);
        command.Parameters.AddWithValue(lease.Name);
        command.Parameters.AddWithValue(lease.Epoch);
        await command.ExecuteNonQueryAsync(ct);
    }
}
