using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Hosting;

/// <summary>The database in use: a server named by a connection string, or the private cluster of a data folder, which is started when
/// nobody has and stopped by the last to leave.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly Cluster? cluster;

    private Database(NpgsqlDataSource source, string node, Cluster? cluster)
    {
        Source = source;
        Node = node;
        this.cluster = cluster;
    }

    /// <summary>Connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>This process among those that work on the database: unlike any other, at any time.</summary>
    public string Node { get; }

    /// <summary>True for the private cluster of a data folder.</summary>
    public bool IsEmbedded => cluster is not null;

    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <param name="folder">Data folder, used when there is no connection string.</param>
    /// <param name="connection">Connection string; nothing for the private cluster.</param>
    /// <param name="logs">Where to log.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ClusterException">The private cluster cannot be started; the message says why.</exception>
    public static async Task<Database> OpenAsync(string folder, string? connection, ILoggerFactory logs, CancellationToken ct)
    {
        var cluster = connection is null
            ? await Cluster.StartAsync(new ClusterOptions { Folder = Path.GetFullPath(folder) }, logs.CreateLogger<Cluster>(), ct) : null;
        var node = Guid.NewGuid().ToString("N")[..12];
        var builder = new NpgsqlDataSourceBuilder(connection ?? cluster!.ConnectionString);
        builder.ConnectionStringBuilder.ApplicationName = $"practice/{node}";
        builder.ConnectionStringBuilder.MaxPoolSize = 40;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 60;

        // Whoever changes a session takes one of its own: OwnSession.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        // A node that is stopped in the middle of a transaction must not hold the others up for ever.
        builder.ConnectionStringBuilder.Options = "-c idle_in_transaction_session_timeout=30s";
        builder.UseLoggerFactory(logs);
        var database = new Database(builder.Build(), node, cluster);
        try
        {
            await Faults.Database.ExecuteAsync(async token => await Schema.MigrateAsync(database.Source, token), ct);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the private cluster again if somebody ended it. Does nothing for a server named by a connection string.</summary>
    public async Task ReviveAsync(CancellationToken ct)
    {
        if (cluster is not null)
        {
            await cluster.ReviveAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
