using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.App.Inputs;
using PracticeEvents.Store;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Some nodes of the service over one private cluster, and the ways to harm them.</summary>
internal sealed class ChaosHouse : IAsyncDisposable
{
    private readonly string folder;
    private readonly Cluster cluster;
    private readonly PracticeProcess?[] nodes;

    private ChaosHouse(string folder, Cluster cluster, int nodes)
    {
        this.folder = folder;
        this.cluster = cluster;
        this.nodes = new PracticeProcess?[nodes];
        Source = NpgsqlDataSource.Create(cluster.ConnectionString);
    }

    /// <summary>Where the clock of every node stands.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The database, for looking at what is stored.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Token of the one sender.</summary>
    public string Bearer { get; private set; } = "";

    public string Folder => folder;

    public int Nodes => nodes.Length;

    /// <summary>Nodes that ended without being killed.</summary>
    public IEnumerable<string> EndedByThemselves => nodes.OfType<PracticeProcess>().Where(n => n.HasEnded).Select(n => n.Complaints);

    public static async Task<ChaosHouse> StartAsync(int nodes)
    {
        var options = ClusterOptions.Throwaway();
        var house = new ChaosHouse(options.Folder, await Cluster.StartAsync(options, NullLogger.Instance), nodes);
        for (var i = 0; i < nodes; i++)
        {
            await house.StartNodeAsync(i);
        }

        house.Bearer = (await new Sources(house.Source).CreateAsync("cms", Now))!.Bearer;
        return house;
    }

    /// <summary>A node that listens, the one with this number first; nothing while all are down.</summary>
    public Uri? UrlOf(int node) => (nodes[node % nodes.Length] ?? nodes.FirstOrDefault(n => n is not null))?.Url;

    /// <summary>Ends a node with kill -9 and starts another in its place, as a supervisor would.</summary>
    public async Task KillNodeAsync(int node)
    {
        nodes[node]!.Kill();
        nodes[node]!.Dispose();
        nodes[node] = null;
        await StartNodeAsync(node);
    }

    /// <summary>Stops PostgreSQL at once, as a power cut would, and waits until a node has brought it back.</summary>
    public async Task StopDatabaseAsync()
    {
        var pid = cluster.ServerProcessId!.Value;
        using (var quit = System.Diagnostics.Process.Start("kill", ["-QUIT", pid.ToString(CultureInfo.InvariantCulture)]))
        {
            await quit.WaitForExitAsync();
        }

        await Until.HoldsAsync(() => Task.FromResult(cluster.ServerProcessId is { } now && now != pid), "the database came back");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            node?.Dispose();
        }

        await Source.DisposeAsync();
        await cluster.DisposeAsync();
    }

    // A node that cannot start because its database is just away is started again, as a supervisor would.
    private async Task StartNodeAsync(int node) =>
        await Until.HoldsAsync(async () => (nodes[node] = await PracticeProcess.ServeAsync(folder, Now)) is not null, $"node {node} started");
}
