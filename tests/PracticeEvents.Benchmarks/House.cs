using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Process;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks;

/// <summary>The service in this process over a private cluster with the settings of production: everything acknowledged is on disk.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly ClusterOptions options;
    private WebApplication app = null!;
    private Database database = null!;

    private House(ClusterOptions options) => this.options = options;

    public EventStore Store => Get<EventStore>();

    public NpgsqlDataSource Source => database.Source;

    public static async Task<House> StartAsync()
    {
        var house = new House(new ClusterOptions { Folder = Path.Combine(Path.GetTempPath(), $"practice-bench-{Guid.NewGuid():n}") });
        await house.OpenAsync();
        return house;
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Waits until everything is worked through.</summary>
    public Task SettleAsync() => Get<TimescaleProcess>().SettleAsync(default);

    /// <summary>Stops the service and its database and starts them again.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        var pointer = Path.Combine(options.Folder, "cluster.pointer");
        if (File.Exists(pointer))
        {
            Directory.Delete((await File.ReadAllTextAsync(pointer)).Trim(), recursive: true);
        }

        Directory.Delete(options.Folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        database = await Database.OpenAsync(options.Folder, null, NullLoggerFactory.Instance, default);
        app = await PracticeHost.BuildAsync(new ServeOptions(options.Folder, null, "http://127.0.0.1:0", Samples.Now, false, null), database, default);
        await app.StartAsync();
    }

    private async Task CloseAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }
}
