using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace PracticeEvents.Store.Tests;

/// <summary>One throwaway server for the whole run.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private const string Template = "store_template";
    private Cluster _cluster = null!;
    private int _databases;

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Database = database }.ConnectionString;

    public async Task InitializeAsync()
    {
        _cluster = await Cluster.StartAsync(ClusterOptions.Throwaway(), NullLogger.Instance);
        await ExecuteAsync($"create database {Template}");
        var template = new NpgsqlConnectionStringBuilder(ConnectionString(Template)) { Pooling = false };
        await using var source = NpgsqlDataSource.Create(template.ConnectionString);
        await Schema.MigrateAsync(source);
    }

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    public async Task<string> NewDatabaseAsync()
    {
        var name = $"store_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} template {Template}");
        return ConnectionString(name);
    }

    public async Task<string> EmptyDatabaseAsync()
    {
        var name = $"empty_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name}");
        return ConnectionString(name);
    }

    private async Task ExecuteAsync(string sql)
    {
        var postgres = new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Pooling = false };
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OnServer : ICollectionFixture<TestServer>
{
    public const string Name = "server";
}

/// <summary>A migrated database of the test class's own, and a store on it.</summary>
public abstract class DatabaseTest(TestServer server) : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    protected string ConnectionString { get; private set; } = "";

    protected NpgsqlDataSource Source { get; private set; } = null!;

    protected EventStore Store { get; private set; } = null!;

    protected TestServer Server => server;

    public virtual async Task InitializeAsync()
    {
        ConnectionString = await server.NewDatabaseAsync();
        Source = NpgsqlDataSource.Create(ConnectionString);
        Store = new EventStore(Source, NullLogger<EventStore>.Instance);
    }

    public virtual async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await Source.DisposeAsync();
    }

    protected static NewEvent Event(string stream, string id, string data = """{"on":"2026-11-02"}""", string source = "cms") =>
        new(stream, "visit_recorded", null, data, source, id, Noon);

    protected static Delivery Delivery(params NewEvent[] events) =>
        new("cms", "cloudevents", events.FirstOrDefault()?.EventId, System.Text.Encoding.UTF8.GetBytes(string.Concat(events.Select(e => e.EventId + e.Data))), Noon)
        {
            Events = events,
        };

    protected async Task<Receipt> ReceiveAsync(params NewEvent[] events) => (await Store.ReceiveAsync([Delivery(events)]))[0];

    protected async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> work)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await work(connection, transaction);
        await transaction.CommitAsync();
        return result;
    }
}
