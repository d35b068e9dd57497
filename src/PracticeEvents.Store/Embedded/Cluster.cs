using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// A private PostgreSQL cluster in a folder, made and started when it is needed. Several processes may use one folder at once: the first
/// starts the server, the others join it, and the last one out stops it. A server that was left behind is joined.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    private const string Role = "practice";
    private const string Database = "practice";

    private readonly ClusterOptions _options;
    private readonly ClusterFolder _folder;
    private readonly ServerBinaries _binaries;
    private readonly ServerUser _user;
    private readonly ILogger _log;
    private readonly FileStream _use;
    private bool _disposed;

    private Cluster(ClusterOptions options, ClusterFolder folder, ServerBinaries binaries, ServerUser user, ILogger log, FileStream use, string connectionString)
    {
        _options = options;
        _folder = folder;
        _binaries = binaries;
        _user = user;
        _log = log;
        _use = use;
        ConnectionString = connectionString;
    }

    /// <summary>Connects to the database <c>practice</c> as the role that owns everything in the cluster. Holds a password.</summary>
    public string ConnectionString { get; }

    /// <summary>Where the server's data are.</summary>
    public string DataFolder => _folder.Data;

    /// <summary>Process id of the server; nothing when it is not running.</summary>
    public int? ServerProcessId => Postmaster.Running(_folder.Data)?.Pid;

    /// <summary>Makes the cluster if need be, starts its server or joins the one that runs, and waits until it takes connections.</summary>
    /// <exception cref="ClusterException">It cannot be done; the message says why in one sentence.</exception>
    public static async Task<Cluster> StartAsync(ClusterOptions options, ILogger log, CancellationToken ct = default)
    {
        var binaries = await ServerBinaries.FindAsync(options.Binaries, ct);
        var user = ServerUser.Choose();
        var folder = ClusterFolder.Open(options.Folder);
        try
        {
            await using var starting = await folder.LockStartAsync(options.StartWithin, ct);
            var use = folder.LockUse();
            try
            {
                await folder.SettleAsync(user, ct);
                var password = await folder.PasswordAsync(ct);
                if (!Directory.Exists(folder.Data))
                {
                    await MakeAsync(folder, binaries, user, password, options.ForTests, ct);
                    log.ClusterMade(folder.Folder);
                }

                var connectionString = await RunningAsync(options, folder, binaries, user, password, log, ct);
                return new Cluster(options, folder, binaries, user, log, use, connectionString);
            }
            catch
            {
                await use.DisposeAsync();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"The data folder {folder.Folder} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>
    /// Starts the server again if it was killed; does nothing while it runs. It listens where it did, unless another program has taken
    /// that port, in which case the answer differs from <see cref="ConnectionString"/>.
    /// </summary>
    /// <returns>How to connect now.</returns>
    /// <exception cref="ClusterException">It cannot be started.</exception>
    public async Task<string> ReviveAsync(CancellationToken ct = default)
    {
        await using var starting = await _folder.LockStartAsync(_options.StartWithin, ct);
        return await RunningAsync(_options, _folder, _binaries, _user, await _folder.PasswordAsync(ct), _log, ct);
    }

    /// <summary>Lets go of the cluster; the last process to do so stops the server. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            NpgsqlConnection.ClearAllPools();
            await using var starting = await _folder.LockStartAsync(_options.StartWithin, default);
            await _use.DisposeAsync();
            if (!_folder.IsUnused())
            {
                return;
            }

            if (Postmaster.Running(_folder.Data) is not null)
            {
                var mode = _options.ForTests ? "immediate" : "fast";
                await _user.MustRunAsync("stop PostgreSQL", _binaries.PgCtl, ["stop", "-D", _folder.Data, "-m", mode, "-w", "-t", "60"], null, default);
                _log.ClusterStopped();
            }

            if (_options.ForTests)
            {
                _folder.Delete();
            }
        }
        catch (Exception error) when (error is ClusterException or IOException or UnauthorizedAccessException)
        {
            _log.ClusterNotStopped(error.Message);
        }
    }

    private static async Task MakeAsync(ClusterFolder folder, ServerBinaries binaries, ServerUser user, string password, bool forTests, CancellationToken ct)
    {
        // Made aside and moved into place, so that a half-made cluster is never taken for one.
        var partial = folder.NewPartial();
        var passwordFile = Path.Combine(folder.Home, "password.once");
        try
        {
            await user.MustRunAsync($"write to {folder.Home}", "sh", ["-c", "umask 077; cat > \"$0\"", passwordFile], password + "\n", ct);
            string[] arguments =
            [
                "-D", partial, $"--username={Role}", $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8",
                "--no-instructions", .. forTests ? ["--no-sync"] : Array.Empty<string>(),
            ];
            var made = await user.RunAsync(binaries.Initdb, [.. arguments, "--locale=C.UTF-8"], null, ct);
            if (made.ExitCode != 0)
            {
                await user.MustRunAsync($"make a PostgreSQL cluster in {folder.Home}", binaries.Initdb, [.. arguments, "--locale=C"], null, ct);
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(partial, folder.Data);
    }

    private static async Task<string> RunningAsync(
        ClusterOptions options, ClusterFolder folder, ServerBinaries binaries, ServerUser user, string password, ILogger log, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < options.StartWithin)
        {
            if (Postmaster.Running(folder.Data) is { } running)
            {
                if (running.Port is { } port && await AnswersAsync(port, password, ct) is { } answer)
                {
                    log.ClusterJoined(port);
                    return answer;
                }

                // It is starting, recovering or stopping; whichever it is, it ends.
                await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
                continue;
            }

            if (!await Postmaster.OrphansGoneAsync(folder.Data, TimeSpan.FromSeconds(20), ct))
            {
                throw new ClusterException($"Processes of a PostgreSQL server that was killed are still at work in {folder.Data}: end them, then start again.");
            }

            if (Postmaster.RemoveIfAnothers(folder.Data) is { } other)
            {
                log.StalePid(other);
            }

            await StartServerAsync(options, folder, binaries, user, log, ct);
        }

        throw new ClusterException($"PostgreSQL in {folder.Data} did not become ready within {options.StartWithin.TotalSeconds:0} seconds: see {folder.ServerLog}.");
    }

    private static async Task StartServerAsync(
        ClusterOptions options, ClusterFolder folder, ServerBinaries binaries, ServerUser user, ILogger log, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            // The last port again if it can be had, so that processes which lost a killed server find the next one.
            var port = attempt == 1 && folder.LastPort is { } last && LoopbackPort.IsFree(last) ? last : LoopbackPort.Choose();
            string[] arguments =
            [
                "start", "-D", folder.Data, "-l", folder.ServerLog, "-w", "-t", options.StartWithin.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
                "-o", string.Join(' ', Settings(options, port).Select(setting => $"-c {setting}")),
            ];
            var ran = await user.RunAsync(binaries.PgCtl, arguments, null, ct);
            if (ran.ExitCode == 0)
            {
                folder.LastPort = port;
                log.ClusterStarted(port);
                return;
            }

            // Someone took the port between our choosing it and PostgreSQL's binding it: choose another.
            if (attempt == 5 || LoopbackPort.IsFree(port))
            {
                throw new ClusterException($"PostgreSQL in {folder.Data} did not start: {LastOf(folder.ServerLog) ?? ran.LastWord}");
            }
        }
    }

    private static IEnumerable<string> Settings(ClusterOptions options, int port)
    {
        yield return "listen_addresses=127.0.0.1";
        yield return string.Create(CultureInfo.InvariantCulture, $"port={port}");
        yield return "unix_socket_directories=";
        yield return string.Create(CultureInfo.InvariantCulture, $"shared_buffers={options.SharedBuffersMegabytes}MB");
        yield return string.Create(CultureInfo.InvariantCulture, $"max_connections={options.MaxConnections}");
        yield return "timezone=UTC";
        yield return "log_timezone=UTC";
        // Steady under load: checkpoints are few and spread out, and the log's files are used again rather than made anew.
        yield return string.Create(CultureInfo.InvariantCulture, $"max_wal_size={options.WriteAheadMegabytes}MB");
        yield return "min_wal_size=512MB";
        yield return "checkpoint_timeout=15min";
        yield return "random_page_cost=1.1";
        yield return "jit=off";
        if (options.ForTests)
        {
            yield return "fsync=off";
            yield return "full_page_writes=off";
        }
    }

    private static async Task<string?> AnswersAsync(int port, string password, CancellationToken ct)
    {
        var wanted = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = Role,
            Password = password,
            Database = Database,
            MaxAutoPrepare = 40,
            Timeout = 15,
        };
        var first = new NpgsqlConnectionStringBuilder(wanted.ConnectionString) { Database = "postgres", Pooling = false };
        try
        {
            await using var connection = new NpgsqlConnection(first.ConnectionString);
            await connection.OpenAsync(ct);
            await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection) { Parameters = { new() { Value = Database } } };
            if (!(bool)(await exists.ExecuteScalarAsync(ct))!)
            {
                await using var make = new NpgsqlCommand($"create database {Database}", connection);
                await make.ExecuteNonQueryAsync(ct);
            }

            return wanted.ConnectionString;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new ClusterException("The password kept in the data folder is not the cluster's: the file cluster.password was changed or lost.", refused);
        }
        catch (Exception error) when (Transient.Is(error))
        {
            return null;
        }
    }

    private static string? LastOf(string log)
    {
        try
        {
            return File.ReadLines(log).LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
