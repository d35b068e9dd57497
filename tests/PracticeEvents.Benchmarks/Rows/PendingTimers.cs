using System.Diagnostics;
using PracticeEvents.Benchmarks.Machine;
using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>What a due timer costs, taken and armed anew, while two million others are pending, beside the same while twenty thousand are.</summary>
internal sealed class PendingTimers : IRow
{
    private const int Few = 20_000;
    private const int Due = 20_000;

    public string Word => "timers";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        var few = await CostAsync(ground, Few);
        var many = await CostAsync(ground, Knobs.Timers);
        return new(
            [
                new(
                    $"A due timer, taken and armed anew, among {Knobs.Timers:N0} pending",
                    many.Microseconds,
                    "µs",
                    new($"among {Few:N0}", few.Microseconds),
                    Goal.AtMostTimesBeside(1.1)),
            ],
            many.Profile);
    }

    private static async Task<(double Microseconds, Profile Profile)> CostAsync(Ground ground, int pending)
    {
        await using var database = await ground.Server.FreshAsync();
        await FillAsync(database, "w", pending, "$1 + make_interval(mins => 1 + n % 500000)");
        await FillAsync(database, "d", Due, "$1");
        await database.ExecuteAsync("vacuum analyze practice.timers");
        await database.ExecuteAsync("checkpoint");
        var before = await database.FootprintAsync();
        var began = Stopwatch.GetTimestamp();
        while (await PassAsync(database) > 0)
        {
            continue;
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (seconds * 1e6 / Due, new Profile($"Due timers among {pending:N0}", "timer", Due, seconds, await database.FootprintAsync() - before));
    }

    private static Task<int> FillAsync(Fresh database, string owner, int count, string due) => database.ExecuteAsync(
        "insert into practice.timers (owner, key, due_at) "
        + $"select '{owner}' || n, 'cp-visit/00000000000000000000000000000000', {due} from generate_series(1, $2) n",
        Samples.Now.UtcDateTime,
        count);

    private static async Task<int> PassAsync(Fresh database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var due = await Timers.TakeDue([.. Enumerable.Range(0, Partitions.Count)], Samples.Now, 1000).AskAsync(connection);
        await using var write = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Timers.Upsert([.. due.Select(t => t.Owner)], due.Select(t => t with { DueAt = Samples.Now.AddDays(30) })) },
        };
        await write.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return due.Count;
    }
}
