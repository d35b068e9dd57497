using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Some nodes of the service over one private cluster, and the ways to harm them.</summary>
internal sealed class ChaosHouse : IAsyncDisposable
{
    private readonly Cluster cluster;
    private readonly PracticeProcess?[] nodes;
    private readonly SemaphoreSlim[] oneAtATime;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly ConcurrentQueue<string> ended = new();

    private ChaosHouse(string folder, Cluster cluster, int nodes)
    {
        Folder = folder;
        this.cluster = cluster;
        this.nodes = new PracticeProcess?[nodes];
        oneAtATime = [.. Enumerable.Range(0, nodes).Select(_ => new SemaphoreSlim(1))];
        Source = NpgsqlDataSource.Create(cluster.ConnectionString);
    }

    /// <summary>Where the clock of every node stands at the start.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The database, for looking at what is stored.</summary>
    public NpgsqlDataSource Source { get; }

    public string ConnectionString => cluster.ConnectionString;

    public string Folder { get; }

    /// <summary>Token of the one sender.</summary>
    public string Bearer { get; private set; } = "";

    /// <summary>Token of a reader who may see everything.</summary>
    public string Reader { get; private set; } = "";

    /// <summary>Nodes that ended without being killed.</summary>
    public IEnumerable<string> EndedByThemselves =>
        ended.Concat(nodes.OfType<PracticeProcess>().Where(n => n.HasEnded).Select(n => n.Complaints))
            .Select(why => $"a node that ended by itself: {why}");

    public static async Task<ChaosHouse> StartAsync(int nodes)
    {
        var options = ClusterOptions.Throwaway();
        var house = new ChaosHouse(options.Folder, await Cluster.StartAsync(options, NullLogger.Instance), nodes);
        await Task.WhenAll(Enumerable.Range(0, nodes).Select(house.StartNodeAsync));
        house.Bearer = (await new Sources(house.Source).CreateAsync("cms", Start))!.Bearer;
        house.Reader = await new Tokens(house.Source).CreateAsync("reader", [Role.Administrator], Start, default);
        return house;
    }

    /// <summary>A node that listens, the one with this number first; nothing while all are down.</summary>
    public Uri? UrlOf(int node) => (nodes[node % nodes.Length] ?? nodes.FirstOrDefault(n => n is not null))?.Url;

    /// <summary>Carries out a fault, to its end.</summary>
    public Task StrikeAsync(Fault fault) => fault.Harm switch
    {
        Harm.KillNode => AloneAsync(fault.Node, KillNodeAsync),
        Harm.PauseNode => AloneAsync(fault.Node, node => PauseNodeAsync(node, fault.For)),
        Harm.StopDatabase => StopDatabaseAsync(),
        _ => MoveClockAsync(fault.Node, Start + fault.To),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            node?.Dispose();
        }

        http.Dispose();
        await Source.DisposeAsync();
        await cluster.DisposeAsync();
    }

    private async Task KillNodeAsync(int node)
    {
        if (nodes[node]!.HasEnded)
        {
            ended.Enqueue(nodes[node]!.Complaints);
        }

        nodes[node]!.Kill();
        nodes[node]!.Dispose();
        nodes[node] = null;
        await StartNodeAsync(node);
    }

    private async Task PauseNodeAsync(int node, TimeSpan time)
    {
        await nodes[node]!.PauseAsync();
        using var over = new PeriodicTimer(time);
        await over.WaitForNextTickAsync();
        await nodes[node]!.ContinueAsync();
    }

    // A node brings it back.
    private async Task StopDatabaseAsync()
    {
        int? pid = null;
        await Until.HoldsAsync(() => Task.FromResult((pid = cluster.ServerProcessId) is not null), "the database ran");
        await PracticeProcess.SignalAsync("QUIT", pid!.Value);
        await Until.HoldsAsync(() => Task.FromResult(cluster.ServerProcessId is { } now && now != pid), "the database came back");
    }

    // Asked again, of the next node, when a node goes away over it. One that stands there already has been told by another.
    private Task MoveClockAsync(int node, DateTimeOffset to) => Until.HoldsAsync(async () =>
    {
        if (UrlOf(node++) is not { } url)
        {
            return false;
        }

        try
        {
            using var body = new StringContent(JsonSerializer.Serialize(new { now = to }), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(url, "/rehearsal/clock"), body);
            return (int)answer.StatusCode is 200 or 409;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    }, $"the clock stood at {to:u}");

    private async Task AloneAsync(int node, Func<int, Task> harm)
    {
        await oneAtATime[node].WaitAsync();
        try
        {
            await harm(node);
        }
        finally
        {
            oneAtATime[node].Release();
        }
    }

    // A node that cannot start because its database is just away is started again, as a supervisor would.
    private async Task StartNodeAsync(int node) =>
        await Until.HoldsAsync(async () => (nodes[node] = await PracticeProcess.ServeAsync(Folder, Start)) is not null, $"node {node} started");
}
