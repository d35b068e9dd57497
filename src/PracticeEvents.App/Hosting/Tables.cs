using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Cli;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.App.Process.Proving;
using PracticeEvents.App.Views;
using PracticeEvents.App.Views.Rebuilding;

namespace PracticeEvents.App.Hosting;

/// <summary>Makes every table of the app that is missing. The event tables have their own numbered scripts in the store.</summary>
internal static class Tables
{
    // "create … if not exists" of two sessions at once can still collide, so that one waits for the other.
    private const long TablesLock = 5074203110983;

    /// <summary>Makes them, one node at a time.</summary>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken ct)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = TablesLock } } };
        await wait.ExecuteNonQueryAsync(ct);
        await services.GetRequiredService<Tokens>().EnsureAsync(ct);
        await services.GetRequiredService<ReadLog>().EnsureAsync(ct);
        await services.GetRequiredService<Labels>().EnsureAsync(ct);
        await services.GetRequiredService<KeysInDatabase>().EnsureAsync(ct);
        await services.GetRequiredService<RehearsalTime>().EnsureAsync(ct);
        await services.GetRequiredService<TimescaleProcess>().EnsureAsync(ct);
        await services.GetRequiredService<Subscriptions>().EnsureAsync(ct);
        await services.GetRequiredService<Deliveries>().EnsureAsync(ct);
        await services.GetRequiredService<Proofs>().EnsureAsync(ct);
        await Sources.EnsureAsync(source, ct);
        await services.GetRequiredService<Feeds>().LoadAsync(ct);
        await FillViewsAsync(services, ct);
    }

    // A page must not be served from a table of another shape, so that nothing goes on before changed views are filled and in place.
    private static async Task FillViewsAsync(IServiceProvider services, CancellationToken ct)
    {
        var views = services.GetRequiredService<ViewTables>();
        await views.EnsureAsync(ct);
        if (await views.ChangedAsync(ct) is [_, ..] changed)
        {
            await Progress.ShowAsync(
                $"Filling the views {string.Join(", ", changed.Select(v => v.Name))}",
                report => services.GetRequiredService<Rebuild>().FillChangedAsync((share, told) => report(share, told), ct));
        }
    }
}
