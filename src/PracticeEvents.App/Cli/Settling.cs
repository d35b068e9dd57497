using PracticeEvents.App.Process;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary>Brings views and alerts up to date with the log: by this process when no service runs, else by waiting for the service.</summary>
internal static class Settling
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    // What one pass of the process takes at most: only used to say how far it has come.
    private const int EventsInPass = 500;

    /// <summary>Returns when everything is worked through that is in the log, and every timer that is due, at the beginning: while events
    /// come in there is always one more.</summary>
    /// <param name="services">Where the process is found.</param>
    /// <param name="progress">Told how far it has come, from 0 to 1.</param>
    /// <param name="ct">Stops the wait.</param>
    public static async Task RunAsync(IServiceProvider services, Action<double>? progress, CancellationToken ct)
    {
        var process = services.GetRequiredService<TimescaleProcess>();
        var (from, head) = (await StandAsync(services, ct), await services.GetRequiredService<EventStore>().HeadAsync(ct));
        var (timers, began) = (services.GetRequiredService<Timers>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        while (!await process.DrainAsync(passes => progress?.Invoke(Share(passes * EventsInPass, head - from)), ct))
        {
            var stand = await StandAsync(services, ct);
            if (stand >= head && (await timers.CountAsync(began, ct)).Due == 0)
            {
                return;
            }

            progress?.Invoke(Share(stand - from, head - from));
            await Task.Delay(Look, ct);
        }
    }

    private static double Share(long done, long all) => all <= 0 ? 1 : Math.Min(1, (double)done / all);

    private static Task<long> StandAsync(IServiceProvider services, CancellationToken ct) =>
        TimescaleProcess.PositionAsync(services.GetRequiredService<Npgsql.NpgsqlDataSource>(), ct);
}
