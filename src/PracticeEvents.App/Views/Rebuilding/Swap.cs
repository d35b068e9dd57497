using System.Diagnostics;
using Npgsql;
using PracticeEvents.App.Hosting;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Puts filled tables in the place of the live ones. Writers wait while the last events are caught up with; readers wait for the names alone to change,
/// and not even that long behind somebody who reads for long: then the swap is put off.</summary>
internal static class Swap
{
    // While a reader holds the old table, everyone who comes after waits behind the swap: so it waits for no reader longer than this.
    private const int ReadersWaitMilliseconds = 20;
    private const int WritersWaitMilliseconds = 5000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Catches up and swaps.</summary>
    /// <param name="shadow">The filled tables.</param>
    /// <param name="recipe">What they are made of.</param>
    /// <param name="catchUp">Brings them up to date.</param>
    /// <param name="ct">Stops it; nothing was changed then.</param>
    /// <exception cref="SettingsException">Somebody kept reading the tables for minutes.</exception>
    public static async Task RunAsync(ShadowTables shadow, IRecipe recipe, CatchUp catchUp, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(5); !await TryAsync(shadow.Connection, recipe, catchUp, ct); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new SettingsException(
                    "Somebody has been reading or changing the views without a break, such as a backup. "
                    + "Nothing was changed; run the same again when that has ended.");
            }

            await Task.Delay(pause, ct);
            await catchUp.RunAsync(shadow.Connection, ct);
        }
    }

    private static async Task<bool> TryAsync(NpgsqlConnection connection, IRecipe recipe, CatchUp catchUp, CancellationToken ct)
    {
        var names = recipe.Tables.Select(t => t.Name).ToList();
        var (position, stopped) = (catchUp.Position, catchUp.Stopped.ToList());
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            names = await LiveAsync(connection, names, ct);
            await LockAsync(connection, names, recipe.WriteLock, WritersWaitMilliseconds, ct);
            await catchUp.RunAsync(connection, ct);
            await LockAsync(connection, names, "access exclusive", ReadersWaitMilliseconds, ct);
            await ShadowTables.RunAsync(connection, string.Join("; ", [
                .. names.Select(n => $"alter table {ViewTables.Live}.{n} set schema {ShadowTables.Before}"),
                .. recipe.Tables.Select(t => $"alter table {ShadowTables.Next}.{t.Name} set schema {ViewTables.Live}")]), ct);
            await recipe.SwappedAsync(connection, ct);
            await transaction.CommitAsync(ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            // What was caught up with in this transaction is undone too.
            await transaction.RollbackAsync(ct);
            catchUp.Position = position;
            catchUp.Stopped.Clear();
            catchUp.Stopped.UnionWith(stopped);
            return false;
        }
    }

    private static async Task LockAsync(NpgsqlConnection connection, List<string> names, string mode, int milliseconds, CancellationToken ct)
    {
        if (names.Count > 0)
        {
            var tables = string.Join(", ", names.Select(n => $"{ViewTables.Live}.{n}"));
            await ShadowTables.RunAsync(connection, $"set local lock_timeout to {milliseconds}; lock table {tables} in {mode} mode", ct);
        }
    }

    // A view that is new has no table yet.
    private static async Task<List<string>> LiveAsync(NpgsqlConnection connection, List<string> names, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select n from unnest($1) with ordinality as t (n, place) where to_regclass($2 || '.' || n) is not null order by place", connection)
        {
            Parameters = { new() { Value = names.ToArray() }, new() { Value = ViewTables.Live } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var live = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            live.Add(reader.GetString(0));
        }

        return live;
    }
}
