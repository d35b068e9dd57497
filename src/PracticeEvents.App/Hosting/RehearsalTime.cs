using Npgsql;

namespace PracticeEvents.App.Hosting;

/// <summary>Remembers where the clock of a rehearsal stood, so that a restart does not go back in time and every verb sees the same day.</summary>
internal sealed class RehearsalTime(NpgsqlDataSource source)
{
    // Two sessions that make the same table at once would collide: one waits for the other.
    private const string Ddl = """
        select pg_advisory_xact_lock(5074203110984);
        create table if not exists practice.rehearsal (one boolean primary key default true check (one), now timestamptz not null);
        """;

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Where the clock stands; nothing when this database was never rehearsed on.</summary>
    public async Task<DateTimeOffset?> ReadAsync(CancellationToken ct)
    {
        await EnsureAsync(ct);
        return await StandsAsync(ct);
    }

    /// <summary>The same, when the table is known to be there.</summary>
    public async Task<DateTimeOffset?> StandsAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select now from practice.rehearsal");
        return await command.ExecuteScalarAsync(ct) is DateTime now ? new DateTimeOffset(now) : null;
    }

    /// <summary>Moves it, forward only.</summary>
    public async Task WriteAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            with moved as (
                insert into practice.rehearsal (now) values ($1) on conflict (one) do update set now = greatest(rehearsal.now, excluded.now)
            )
            select pg_notify('practice_events', '')
            """);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }
}
