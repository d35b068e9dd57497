using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Machine;

/// <summary>A private PostgreSQL cluster with the settings of production: what is acknowledged is on disk. It counts statements where the server can.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly ClusterOptions options;
    private readonly PosixSignalRegistration[] endings;
    private Cluster? cluster;
    private NpgsqlDataSource? own;
    private Task? disposing;
    private int made;

    private Server(ClusterOptions options)
    {
        this.options = options;
        endings = [PosixSignalRegistration.Create(PosixSignal.SIGINT, CleanUp), PosixSignalRegistration.Create(PosixSignal.SIGTERM, CleanUp)];
    }

    /// <summary>True once somebody has asked the program to end: whatever fails from then on is of no interest.</summary>
    public static bool IsEnding { get; private set; }

    /// <summary>Folder for files that are as short-lived as the cluster.</summary>
    public string Folder => Directory.CreateDirectory(Path.Combine(options.Folder, "files")).FullName;

    /// <summary>How to connect to the cluster's first database.</summary>
    public NpgsqlConnectionStringBuilder Address => new(cluster!.ConnectionString);

    public static async Task<Server> StartAsync()
    {
        var server = new Server(new ClusterOptions { Folder = Path.Combine(Path.GetTempPath(), $"practice-bench-{Guid.NewGuid():n}") });
        try
        {
            await server.OpenAsync();
            if (await server.ScalarAsync<bool>("select exists (select from pg_available_extensions where name = 'pg_stat_statements')"))
            {
                await server.ExecuteAsync("alter system set shared_preload_libraries = 'pg_stat_statements'");
                await server.CloseAsync();
                await server.OpenAsync();
                await server.ExecuteAsync("create extension if not exists pg_stat_statements");
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new database with the schema of the store.</summary>
    public async Task<Fresh> FreshAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{++made}");
        await ExecuteAsync($"create database {name}");
        var fresh = new Fresh(this, name);
        await Schema.MigrateAsync(fresh.Source);
        return fresh;
    }

    /// <summary>Drops a database, whoever is connected to it.</summary>
    public Task DropAsync(string name) => ExecuteAsync($"drop database if exists {name} with (force)");

    /// <summary>Statements that a database has run since it was made; nothing when the server does not count them. The resets that the pool of connections
    /// sends along with a connection's next statement are not counted: they take no round trip of their own.</summary>
    public async Task<long?> StatementsAsync(string database)
    {
        try
        {
            return await ScalarAsync<long>(
                """
                select coalesce(sum(s.calls), 0)::bigint from pg_stat_statements s join pg_database d on d.oid = s.dbid
                where d.datname = $1 and s.query !~* '^\s*(close all|unlisten|reset all|set session authorization|discard|select pg_advisory_unlock_all)'
                """, database);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            return null;
        }
    }

    /// <summary>Transactions that a database has committed since it was made.</summary>
    public Task<long> TransactionsAsync(string database) => ScalarAsync<long>("select xact_commit from pg_stat_database where datname = $1", database);

    /// <summary>Seconds of processor time that the server has used, in all its processes, those that have ended among them.</summary>
    public double Cpu() => cluster!.ServerProcessId is { } pid ? ProcessFiles.CpuOfFamily(pid) : 0;

    /// <summary>The server's version, and whether it forces commits to disk.</summary>
    public async Task<string> DescriptionAsync() =>
        $"PostgreSQL {(await ScalarAsync<string>("select current_setting('server_version')")).Split(' ')[0]}, "
        + $"fsync {await ScalarAsync<string>("select current_setting('fsync')")}, "
        + $"shared_buffers {await ScalarAsync<string>("select current_setting('shared_buffers')")}";

    public async ValueTask DisposeAsync()
    {
        Task mine;
        lock (options)
        {
            mine = disposing ??= CleanAsync();
        }

        await mine;
    }

    private async Task CleanAsync()
    {
        await CloseAsync();
        var pointer = Path.Combine(options.Folder, "cluster.pointer");
        if (File.Exists(pointer))
        {
            Directory.Delete((await File.ReadAllTextAsync(pointer)).Trim(), recursive: true);
        }

        if (Directory.Exists(options.Folder))
        {
            Directory.Delete(options.Folder, recursive: true);
        }
    }

    // Whoever ends a measure half-way leaves nothing behind. Services in processes of their own end with this one.
    private void CleanUp(PosixSignalContext signal)
    {
        (signal.Cancel, IsEnding) = (true, true);
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        Environment.Exit(130);
    }

    private async Task OpenAsync()
    {
        cluster = await Cluster.StartAsync(options, NullLogger.Instance);
        own = NpgsqlDataSource.Create(cluster.ConnectionString);
    }

    private async Task CloseAsync()
    {
        await (own?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        (own, cluster) = (null, null);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = own!.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = own!.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }
}
