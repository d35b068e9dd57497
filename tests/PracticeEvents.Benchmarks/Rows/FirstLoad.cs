using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary><c>practice import</c> of an authority's history into events, views and timers, beside binary COPY of the same event rows into a table with the same indexes.</summary>
internal sealed class FirstLoad : IRow
{
    public string Word => "import";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        var authority = await ground.AuthorityAsync();
        var database = await ground.Server.FreshAsync();
        try
        {
            var (reading, profile) = await MeasureAsync(ground, authority, database);
            await ground.KeepAsync(database, authority.Events);
            return new([reading], profile);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static async Task<(Reading Reading, Profile Profile)> MeasureAsync(Ground ground, Authority authority, Fresh database)
    {
        var server = ground.Server.Cpu();
        var statements = await ground.Server.StatementsAsync(database.Name);
        var (seconds, used) = await Practice.RunAsync("import", authority.File, "--connection", database.ConnectionString, "--json");
        var footprint = new Footprint(await ground.Server.StatementsAsync(database.Name) - statements, used.Allocated, used.Cpu, ground.Server.Cpu() - server);
        var rows = Path.Combine(ground.Server.Folder, "rows.copy");
        await Copy.OutAsync(database, "public.mt_events", rows);
        await FloorTables.MakeAsync(database);
        await database.ExecuteAsync("insert into floor.streams select * from public.mt_streams");
        var copied = await Copy.InAsync(database, "floor.events", rows);
        await database.ExecuteAsync("drop schema floor cascade");
        var floor = await database.ScalarAsync<long>("select count(*) from public.mt_events") / copied;
        return (
            new($"First load of {authority.Events:N0} events into events and every view", authority.Events / seconds, "events/s", new("COPY in", floor), Goal.AtLeast(60_000)),
            new Profile("First load", "event", authority.Events, seconds, footprint));
    }
}
