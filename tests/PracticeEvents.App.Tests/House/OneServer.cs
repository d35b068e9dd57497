using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Store;

namespace PracticeEvents.App.Tests.House;

/// <summary>One throwaway PostgreSQL server for the whole run, started for the first test that asks. Every fixture has a database of its own in it.</summary>
internal static class OneServer
{
    private const string Template = "app_template";

    private static readonly Lazy<Task<Cluster>> Started = new(StartAsync);
    private static int databases;

    /// <summary>A new database as the service leaves it when it has started and nothing has come in.</summary>
    public static Task<string> NewDatabaseAsync() => MakeAsync($"template {Template}");

    /// <summary>A new database with nothing in it.</summary>
    public static Task<string> EmptyDatabaseAsync() => MakeAsync("");

    /// <summary>Stops the server, if any test asked for it.</summary>
    public static async Task StopAsync()
    {
        if (Started.IsValueCreated)
        {
            await (await Started.Value).DisposeAsync();
        }
    }

    private static async Task<Cluster> StartAsync()
    {
        var cluster = await Cluster.StartAsync(ClusterOptions.Throwaway(), NullLogger.Instance);
        await ExecuteAsync(cluster, $"create database {Template}");
        await (await Parts.OpenAsync(To(cluster, Template), RunningService.Start)).DisposeAsync();
        return cluster;
    }

    private static async Task<string> MakeAsync(string from)
    {
        var cluster = await Started.Value;
        var name = $"app_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(cluster, $"create database {name} {from}");
        return To(cluster, name);
    }

    private static string To(Cluster cluster, string database) => new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = database }.ConnectionString;

    private static async Task ExecuteAsync(Cluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
