using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Events appended one at a time by 64 writers, beside pgbench writing the same two rows with 64 clients.</summary>
internal sealed class SingleAppends : IRow
{
    private const int Writers = 64;
    private const int Streams = 20_000;

    public string Word => "single";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        var (rate, profile) = await OursAsync(database);
        var floor = await PgbenchAsync(ground.Server, database);
        return new([new($"Events appended one at a time, {Writers} writers", rate, "events/s", new("pgbench, the same two rows", floor), Goal.TimesBeside(2))], profile);
    }

    private static async Task<(double Rate, Profile Profile)> OursAsync(Fresh database)
    {
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        await Rate.OfAsync(Writers, TimeSpan.FromSeconds(1), Once);
        var before = await database.FootprintAsync();
        var (rate, count, seconds) = await Rate.OfAsync(Writers, Knobs.Burst, Once);
        return (rate, new Profile("Events one at a time", "event", count, seconds, await database.FootprintAsync() - before));

        Task Once(int writer) => store.AppendAsync([Samples.For(string.Create(CultureInfo.InvariantCulture, $"child-{Random.Shared.Next(Streams)}"))]);
    }

    private static async Task<double> PgbenchAsync(Server server, Fresh database)
    {
        await FloorTables.MakeAsync(database);
        // In pgbench's scripts a colon before a word is a variable.
        var script = Path.Combine(server.Folder, "two-rows.sql");
        await File.WriteAllTextAsync(script, $$"""
            \set s random(1, {{Streams}})
            with s as (
                insert into floor.streams as t (id, version) values ('child-' || :s, 1)
                on conflict (id) do update set version = t.version + 1, timestamp = now()
                returning id, version
            )
            insert into floor.events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
            select nextval('floor.position'), gen_random_uuid(), s.id, s.version, '{{Samples.Body.Replace(":", ": ", StringComparison.Ordinal)}}', 'visit_recorded', now(),
                'PracticeEvents.Domain.Events.VisitRecorded, PracticeEvents.Domain', '{"id":"b1","source":"/bench"}'
            from s;
            """);
        var address = server.Address;
        var said = await Programs.RunAsync(
            Programs.OfPostgres("pgbench"),
            [
                "-h", address.Host!, "-p", $"{address.Port}", "-U", address.Username!, "-n", "-M", "prepared",
                "-c", $"{Writers}", "-j", "2", "-T", $"{Knobs.Burst.TotalSeconds:0}", "-f", script, database.Name,
            ],
            new Dictionary<string, string> { ["PGPASSWORD"] = address.Password! });
        var line = said.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal)) ?? throw new BenchException($"pgbench gave no rate: {said}");
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }
}
