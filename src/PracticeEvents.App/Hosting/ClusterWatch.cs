using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Hosting;

/// <summary>Looks after the private cluster while the service runs: if somebody ends the server, it is started again.</summary>
internal sealed class ClusterWatch(Database database, ILogger<ClusterWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsEmbedded)
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            try
            {
                await database.ReviveAsync(stoppingToken);
            }
            catch (Exception e) when (e is ClusterException or NpgsqlException or IOException)
            {
                log.ClusterNotRevived(e.Message);
            }
        }
    }
}
