using Npgsql;

namespace PracticeEvents.Benchmarks.Machine;

/// <summary>A database of its own for one measure, dropped after it.</summary>
internal sealed class Fresh : IAsyncDisposable
{
    private readonly Server server;

    public Fresh(Server server, string name)
    {
        this.server = server;
        Name = name;
        var address = server.Address;
        address.Database = name;
        ConnectionString = address.ConnectionString;

        // As the service connects.
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { MaxPoolSize = 40, MaxAutoPrepare = 60 });
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What this process and the server have used so far.</summary>
    public async Task<Footprint> FootprintAsync() =>
        new(await server.StatementsAsync(Name), GC.GetTotalAllocatedBytes(), ProcessFiles.Cpu(Environment.ProcessId), server.Cpu());

    /// <summary>What a service in another process and the server have used so far.</summary>
    public async Task<Footprint> FootprintAsync(Practice practice)
    {
        var said = await practice.SayAsync();
        return new(await server.StatementsAsync(Name), said.Allocated, said.Cpu, server.Cpu());
    }

    /// <summary>Bytes on disk.</summary>
    public Task<long> SizeAsync() => ScalarAsync<long>("select pg_database_size(current_database())");

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await server.DropAsync(Name);
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return command;
    }
}
