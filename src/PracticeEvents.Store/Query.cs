using Npgsql;

namespace PracticeEvents.Store;

/// <summary>A question to the database that can be asked together with others, in one round trip.</summary>
/// <param name="Command">The statement.</param>
/// <param name="Read">Reads its rows.</param>
public sealed record Query<T>(NpgsqlBatchCommand Command, Func<NpgsqlDataReader, CancellationToken, Task<T>> Read)
{
    /// <summary>Asks it alone.</summary>
    public async Task<T> AskAsync(NpgsqlConnection connection, CancellationToken ct = default)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Command } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await Read(reader, ct);
    }

    /// <summary>Asks it alone, on a connection of its own.</summary>
    public async Task<T> AskAsync(NpgsqlDataSource source, CancellationToken ct = default)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await AskAsync(connection, ct);
    }

    /// <summary>The same question, its answer taken further.</summary>
    public Query<TOther> Then<TOther>(Func<T, TOther> further) => new(Command, async (reader, ct) => further(await Read(reader, ct)));
}

/// <summary>Questions asked together, in order: each sees what those before it have done. One that is left out has no answer.</summary>
public static class Query
{
    /// <summary>Asks two.</summary>
    public static async Task<(T1? First, T2? Second)> AskAsync<T1, T2>(NpgsqlConnection connection, Query<T1>? first, Query<T2>? second, CancellationToken ct = default)
    {
        var (one, two, _, _) = await AskAsync(connection, first, second, (Query<bool>?)null, (Query<bool>?)null, ct);
        return (one, two);
    }

    /// <summary>Asks three.</summary>
    public static async Task<(T1? First, T2? Second, T3? Third)> AskAsync<T1, T2, T3>(
        NpgsqlConnection connection, Query<T1>? first, Query<T2>? second, Query<T3>? third, CancellationToken ct = default)
    {
        var (one, two, three, _) = await AskAsync(connection, first, second, third, (Query<bool>?)null, ct);
        return (one, two, three);
    }

    /// <summary>Asks two, on a connection of their own.</summary>
    public static async Task<(T1? First, T2? Second)> AskAsync<T1, T2>(NpgsqlDataSource source, Query<T1>? first, Query<T2>? second, CancellationToken ct = default)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await AskAsync(connection, first, second, ct);
    }

    /// <summary>Asks three, on a connection of their own.</summary>
    public static async Task<(T1? First, T2? Second, T3? Third)> AskAsync<T1, T2, T3>(
        NpgsqlDataSource source, Query<T1>? first, Query<T2>? second, Query<T3>? third, CancellationToken ct = default)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await AskAsync(connection, first, second, third, ct);
    }

    /// <summary>Asks four, on a connection of their own.</summary>
    public static async Task<(T1? First, T2? Second, T3? Third, T4? Fourth)> AskAsync<T1, T2, T3, T4>(
        NpgsqlDataSource source, Query<T1>? first, Query<T2>? second, Query<T3>? third, Query<T4>? fourth, CancellationToken ct = default)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await AskAsync(connection, first, second, third, fourth, ct);
    }

    /// <summary>Asks four.</summary>
    public static async Task<(T1? First, T2? Second, T3? Third, T4? Fourth)> AskAsync<T1, T2, T3, T4>(
        NpgsqlConnection connection, Query<T1>? first, Query<T2>? second, Query<T3>? third, Query<T4>? fourth, CancellationToken ct = default)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in new[] { first?.Command, second?.Command, third?.Command, fourth?.Command }.OfType<NpgsqlBatchCommand>())
        {
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count == 0)
        {
            return default;
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        return (await NextAsync(first), await NextAsync(second), await NextAsync(third), await NextAsync(fourth));

        async Task<T?> NextAsync<T>(Query<T>? query)
        {
            if (query is null)
            {
                return default;
            }

            var answer = await query.Read(reader, ct);
            await reader.NextResultAsync(ct);
            return answer;
        }
    }
}
