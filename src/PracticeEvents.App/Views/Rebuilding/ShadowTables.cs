using Npgsql;
using PracticeEvents.App.Hosting;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>The tables of a rebuild, in a schema of their own beside the live ones, so that they and their indexes have the same names. One rebuild at a time has them:
/// it holds a lock as long as its connection lives, and whoever comes next removes what it left.</summary>
internal sealed class ShadowTables : IAsyncDisposable
{
    /// <summary>Schema of the tables that are being filled.</summary>
    public const string Next = "practice_next";

    /// <summary>Schema of the tables that were replaced, until they are dropped.</summary>
    public const string Before = "practice_before";

    /// <summary>The lock of the one rebuild that is at work.</summary>
    public const long RebuildLock = 5074203110990;

    private const string Remove = $"drop schema if exists {Next} cascade; drop schema if exists {Before} cascade";

    private readonly OwnSession session;

    private ShadowTables(OwnSession session) => this.session = session;

    /// <summary>The connection that holds the lock. The swap is made on it: if it is gone, so is the right to swap.</summary>
    public NpgsqlConnection Connection => session.Connection;

    /// <summary>Takes the lock and removes what a rebuild that was cut off has left.</summary>
    /// <param name="source">The database.</param>
    /// <param name="wait">True to wait for another rebuild to end, false to be refused.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SettingsException">Another rebuild is at work.</exception>
    public static async Task<ShadowTables> OpenAsync(NpgsqlDataSource source, bool wait, CancellationToken ct)
    {
        var session = await OwnSession.OpenAsync(source, ct);
        try
        {
            await using var take = new NpgsqlCommand(wait ? "select pg_advisory_lock($1) is not null" : "select pg_try_advisory_lock($1)", session.Connection)
            {
                CommandTimeout = 0,
                Parameters = { new() { Value = RebuildLock } },
            };
            if (!(bool)(await take.ExecuteScalarAsync(ct))!)
            {
                throw new SettingsException("Another rebuild is at work on this database. Wait until it has ended.");
            }

            // Nobody is told of every table that was not there to be dropped.
            await RunAsync(session.Connection, $"set client_min_messages to warning; {Remove}; create schema {Next}; create schema {Before}", ct);
            return new ShadowTables(session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the bare tables.</summary>
    public async Task CreateAsync(IReadOnlyList<RebuiltTable> tables, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            await RunAsync(Connection, table.Create(Next), ct);
        }
    }

    /// <summary>Makes the indexes of the filled tables and has the planner know them.</summary>
    public async Task IndexAsync(IReadOnlyList<RebuiltTable> tables, CancellationToken ct)
    {
        // A small sample is enough to plan by until the server looks for itself, and takes a tenth of the time.
        await RunAsync(Connection, "set default_statistics_target to 10", ct);
        foreach (var table in tables)
        {
            await RunAsync(Connection, table.Index(Next), ct);
            await RunAsync(Connection, $"analyze {Next}.{table.Name}", ct);
        }
    }

    /// <summary>The tables that are also live with the same columns.</summary>
    public async Task<IReadOnlyList<RebuiltTable>> SameShapeAsync(IReadOnlyList<RebuiltTable> tables, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select t.name from unnest($1) as t (name)
            where (select array_agg(attname || ' ' || format_type(atttypid, atttypmod) order by attnum) from pg_attribute
                   where attrelid = to_regclass($2 || '.' || t.name) and attnum > 0 and not attisdropped)
                = (select array_agg(attname || ' ' || format_type(atttypid, atttypmod) order by attnum) from pg_attribute
                   where attrelid = to_regclass($3 || '.' || t.name) and attnum > 0 and not attisdropped)
            """, Connection)
        {
            Parameters = { new() { Value = tables.Select(t => t.Name).ToArray() }, new() { Value = ViewTables.Live }, new() { Value = Next } },
        };
        var same = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            same.Add(reader.GetString(0));
        }

        return [.. tables.Where(t => same.Contains(t.Name))];
    }

    /// <summary>Runs a statement of the program's own.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Drops what is beside the live tables and gives the lock back.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsync(Connection, Remove, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it. The next rebuild removes the tables.
        }

        await session.DisposeAsync();
    }
}
