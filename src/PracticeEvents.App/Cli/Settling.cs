using PracticeEvents.App.Process;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary>Brings views and alerts up to date with the log: by this process when no service runs, else by waiting for the service.</summary>
internal static class Settling
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    // What one pass of the process takes at most: only used to say how far it has come.
    private const int EventsInPass = 500;

    /// <summary>Returns when everything in the log is worked through.</summary>
    /// <param name="services">Where the process is found.</param>
    /// <param name="progress">Told how far it has come, from 0 to 1.</param>
    /// <param name="ct">Stops the wait.</param>
    public static async Task RunAsync(IServiceProvider services, Action<double>? progress, CancellationToken ct)
    {
        var process = services.GetRequiredService<TimescaleProcess>();
        var (from, head) = (await StandAsync(services, ct), await services.GetRequiredService<EventStore>().HeadAsync(ct));
        while (!await process.DrainAsync(passes => progress?.Invoke(Share(passes * EventsInPass, head - from)), ct))
        {
            if (await process.IsSettledAsync(ct))
            {
                return;
            }

            progress?.Invoke(Share(await StandAsync(services, ct) - from, head - from));
            await Task.Delay(Look, ct);
        }
    }

    private static double Share(long done, long all) => all <= 0 ? 1 : Math.Min(1, (double)done / all);

    private static Task<long> StandAsync(IServiceProvider services, CancellationToken ct) =>
        TimescaleProcess.PositionAsync(services.GetRequiredService<Npgsql.NpgsqlDataSource>(), ct);
}
