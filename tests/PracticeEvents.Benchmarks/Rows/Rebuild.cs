using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary><c>practice rebuild</c> of every view, timer and alert from the events of an imported authority, beside binary COPY of the same events out of the database.
/// The whole run of the verb is timed, the comparison of rows before and after among it.</summary>
internal sealed class Rebuild : IRow
{
    public string Word => "rebuild";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        if (ground.Imported is null)
        {
            await new FirstLoad().MeasureAsync(ground);
        }

        var (database, _) = ground.Imported!.Value;
        var events = await database.ScalarAsync<long>("select count(*) from public.mt_events");
        var server = ground.Server.Cpu();
        var statements = await ground.Server.StatementsAsync(database.Name);
        var (seconds, used) = await Practice.RunAsync("rebuild", "--connection", database.ConnectionString, "--json");
        var footprint = new Footprint(await ground.Server.StatementsAsync(database.Name) - statements, used.Allocated, used.Cpu, ground.Server.Cpu() - server);
        var floor = events / await Copy.OutAsync(database, "public.mt_events");
        return new(
            [new($"Rebuild of every view from {events:N0} events", events / seconds, "events/s", new("COPY out", floor), Goal.AtLeast(120_000), Goal.TimesBeside(0.3))],
            new Profile("Rebuild of every view", "event", events, seconds, footprint));
    }
}
