using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>A service with nothing to do: statements a second that it sends, and the memory that it keeps.</summary>
internal sealed class Idle : IRow
{
    public string Word => "idle";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        var (service, _) = await Practice.ServeAsync(database);
        await using (service)
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            var before = await StatementsAsync(ground, database);
            await Task.Delay(Knobs.Idle);
            var statements = await StatementsAsync(ground, database) - before;
            var soon = Memory(service.Pid);
            await Task.Delay(Knobs.LongIdle - Knobs.Idle);
            return new(
            [
                new("An idle service: statements", statements / Knobs.Idle.TotalSeconds, "/s", null, Goal.AtMost(1)),
                new("… resident memory half a minute after its start", soon, "MB", null, Goal.AtMost(150)),
                new("… three minutes after", Memory(service.Pid), "MB", null, Goal.AtMost(150)),
            ]);
        }
    }

    private static double Memory(int pid) => ProcessFiles.Memory(pid, "VmRSS") * 1024 / 1e6;

    // Where the server does not count statements, its transactions are counted, from a connection to another database.
    private static async Task<double> StatementsAsync(Ground ground, Fresh database) =>
        await ground.Server.StatementsAsync(database.Name) ?? await ground.Server.TransactionsAsync(database.Name);
}
