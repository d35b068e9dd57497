using System.Diagnostics;
using PracticeEvents.App.Process;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary>Brings views and alerts up to date with the log: by this process when no service runs, else by waiting for the service.</summary>
internal static class Settling
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    // How often it is said how far it has come.
    private static readonly TimeSpan Tell = TimeSpan.FromSeconds(1);

    /// <summary>Returns when everything is worked through that is in the log at the beginning, because while events come in there is always one more, and every
    /// child is looked at who was to be.</summary>
    /// <param name="services">Where the process is found.</param>
    /// <param name="progress">Told how far it has come, from 0 to 1.</param>
    /// <param name="ct">Stops the wait.</param>
    public static async Task RunAsync(IServiceProvider services, Action<double>? progress, CancellationToken ct)
    {
        var process = services.GetRequiredService<TimescaleProcess>();
        var (timers, time) = (services.GetRequiredService<Timers>(), services.GetRequiredService<TimeProvider>());
        var (from, head) = (await StandAsync(services, ct), await services.GetRequiredService<EventStore>().HeadAsync(ct));
        var (mostDue, looked) = (0L, 0L);

        // Events are read, or put down as children to be looked at, which fall due: how far it has come is told by whichever is further behind.
        async Task TellAsync()
        {
            if (progress is not null && Stopwatch.GetElapsedTime(looked) >= Tell)
            {
                var (stand, due) = (await StandAsync(services, ct), await timers.DueAsync(time.GetUtcNow(), ct));
                mostDue = Math.Max(mostDue, due);
                progress(Math.Min(Share(stand - from, head - from), Share(mostDue - due, mostDue)));
                looked = Stopwatch.GetTimestamp();
            }
        }

        while (!await process.DrainAsync(TellAsync, ct))
        {
            if (await process.IsWorkedThroughAsync(head, ct))
            {
                return;
            }

            await TellAsync();
            await Task.Delay(Look, ct);
        }
    }

    private static double Share(long done, long all) => all <= 0 ? 1 : Math.Clamp((double)done / all, 0, 1);

    private static Task<long> StandAsync(IServiceProvider services, CancellationToken ct) =>
        TimescaleProcess.PositionAsync(services.GetRequiredService<Npgsql.NpgsqlDataSource>(), ct);
}
