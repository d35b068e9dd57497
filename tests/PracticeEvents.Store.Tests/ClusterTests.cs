using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace PracticeEvents.Store.Tests;

/// <summary>Clusters of these tests' own, because they are killed and spoilt.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ClusterTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"practice-test-{Guid.NewGuid():n}");

    private ClusterOptions Options => new() { Folder = _folder, ForTests = true };

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Two_that_start_at_once_share_one_server_and_the_last_one_out_stops_it()
    {
        var both = await Task.WhenAll(Cluster.StartAsync(Options, NullLogger.Instance), Cluster.StartAsync(Options, NullLogger.Instance));
        var server = both[0].ServerProcessId;

        Assert.Equal(both[0].ConnectionString, both[1].ConnectionString);
        await both[0].DisposeAsync();
        Assert.Equal(server, both[1].ServerProcessId);
        Assert.Equal(1, await AskAsync(both[1], "select 1"));
        await both[1].DisposeAsync();
        Assert.Null(both[1].ServerProcessId);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task It_listens_on_loopback_only_and_its_password_is_its_owners_alone()
    {
        await using var cluster = await Cluster.StartAsync(Options, NullLogger.Instance);

        Assert.Equal("127.0.0.1", await AskAsync(cluster, "show listen_addresses"));
        Assert.Equal("UTF8", await AskAsync(cluster, "show server_encoding"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "cluster.password")));
    }

    [Fact]
    public async Task After_the_server_was_killed_it_is_started_again_on_its_port_and_what_was_acknowledged_is_there_once()
    {
        await using var cluster = await Cluster.StartAsync(Options, NullLogger.Instance);
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await Schema.MigrateAsync(source);
        await using var store = new EventStore(source, NullLogger<EventStore>.Instance, new EventStoreOptions { Tries = 12 });
        using var writing = new CancellationTokenSource();
        var acknowledged = 0;
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; !writing.IsCancellationRequested; n++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"w{writer}-{n}");
                var e = new NewEvent($"child-{writer}", "visit_recorded", null, "{}", "cms", id, DateTimeOffset.UnixEpoch);
                var receipt = (await store.ReceiveAsync([new Delivery("cms", "cloudevents", id, "{}"u8.ToArray(), DateTimeOffset.UnixEpoch) { Events = [e] }]))[0];
                Assert.True(receipt.Fate is Fate.Accepted or Fate.Duplicate);
                Interlocked.Increment(ref acknowledged);
            }
        })).ToList();

        await UntilAsync(() => Volatile.Read(ref acknowledged) > 200);
        Kill(cluster.ServerProcessId!.Value);
        var before = Volatile.Read(ref acknowledged);
        Assert.Equal(cluster.ConnectionString, await cluster.ReviveAsync());
        await UntilAsync(() => Volatile.Read(ref acknowledged) > before + 200);
        await writing.CancelAsync();
        await Task.WhenAll(writers);

        await using var count = source.CreateCommand("select count(*) from mt_events");
        Assert.Equal((long)acknowledged, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task While_the_server_is_away_callers_are_told_so_and_what_they_send_again_afterwards_is_taken_once()
    {
        await using var cluster = await Cluster.StartAsync(Options, NullLogger.Instance);
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await Schema.MigrateAsync(source);
        await using var store = new EventStore(source, NullLogger<EventStore>.Instance, new EventStoreOptions { Tries = 2 });
        NewEvent[] events = [new("child-1", "visit_recorded", null, "{}", "cms", "e1", DateTimeOffset.UnixEpoch)];
        await store.AppendAsync(events);

        Kill(cluster.ServerProcessId!.Value);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(events));
        await cluster.ReviveAsync();

        Assert.Equal(Fate.Duplicate, (await store.AppendAsync(events))[0].Fate);
    }

    [Fact]
    public async Task A_server_left_behind_by_a_killed_process_is_joined_by_the_next()
    {
        var kept = Options with { ForTests = false };
        var first = await Cluster.StartAsync(kept, NullLogger.Instance);
        await first.DisposeAsync();
        Assert.Null(first.ServerProcessId);

        // What a killed process leaves: a server, and locks that the kernel has let go.
        var port = new NpgsqlConnectionStringBuilder(first.ConnectionString).Port;
        var binaries = await ServerBinaries.FindAsync(null, CancellationToken.None);
        await ServerUser.Choose().MustRunAsync("start", binaries.PgCtl,
            ["start", "-w", "-D", first.DataFolder, "-l", Path.Combine(_folder, "postgres", "server.log"),
                "-o", $"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="], null, CancellationToken.None);
        var server = first.ServerProcessId;
        await using var next = await Cluster.StartAsync(Options, NullLogger.Instance);

        Assert.NotNull(server);
        Assert.Equal(server, next.ServerProcessId);
    }

    [Fact]
    public async Task A_process_file_left_behind_whose_number_another_program_has_does_not_stop_a_start()
    {
        await using var left = await Cluster.StartAsync(Options, NullLogger.Instance);
        var pidFile = Path.Combine(left.DataFolder, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(pidFile);
        Kill(left.ServerProcessId!.Value);
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(pidFile, lines);

        await using var next = await Cluster.StartAsync(Options, NullLogger.Instance);

        Assert.Equal(1, await AskAsync(next, "select 1"));
    }

    [Fact]
    public async Task A_half_made_cluster_is_made_afresh()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "postgres", "data.partial-0a1b2c3d", "base"));

        await using var cluster = await Cluster.StartAsync(Options, NullLogger.Instance);

        Assert.Equal(1, await AskAsync(cluster, "select 1"));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_folder, "postgres"), "data.partial-*"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_in_one_sentence()
    {
        var error = await Assert.ThrowsAsync<ClusterException>(
            () => Cluster.StartAsync(new ClusterOptions { Folder = "/proc/practice", ForTests = true }, NullLogger.Instance));

        Assert.StartsWith("The data folder /proc/practice cannot be written to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_the_servers_user_cannot_reach_gets_its_cluster_elsewhere_and_finds_it_again()
    {
        var closed = Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var inside = Options with { Folder = Path.Combine(closed.FullName, "data") };
        await using var first = await Cluster.StartAsync(inside, NullLogger.Instance);
        await using var second = await Cluster.StartAsync(inside, NullLogger.Instance);

        Assert.Equal(1, await AskAsync(second, "select 1"));
        Assert.Equal(first.DataFolder, second.DataFolder);
        Assert.Equal(Environment.IsPrivilegedProcess, !first.DataFolder.StartsWith(_folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_server_programs_is_told()
    {
        var error = await Assert.ThrowsAsync<ClusterException>(
            () => Cluster.StartAsync(Options with { Binaries = Path.GetTempPath() }, NullLogger.Instance));

        Assert.Contains("does not hold a PostgreSQL server", error.Message, StringComparison.Ordinal);
    }

    private static void Kill(int pid)
    {
        using var server = Process.GetProcessById(pid);
        server.Kill();
        server.WaitForExit();
    }

    private static async Task<object?> AskAsync(Cluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(10, late.Token);
        }
    }
}
