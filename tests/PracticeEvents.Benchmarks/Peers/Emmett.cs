using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Peers;

/// <summary>The same appends by an event store of the npm index, emmett-postgresql, on the same cluster: one event to a call by 16 writers, and
/// a hundred by 4. Its program is in <c>peer/</c>.</summary>
internal sealed class Emmett : IRow
{
    private const string Name = "emmett-postgresql 0.42.0";

    public string Word => "emmett";

    public async Task<Measured> MeasureAsync(Ground ground) => new([
        await MeasureAsync(ground, "Events appended one at a time, 16 writers", 16, 1),
        await MeasureAsync(ground, "Events appended 100 at a time to one stream, 4 writers", 4, 100),
    ]);

    private static async Task<Reading> MeasureAsync(Ground ground, string what, int writers, int size)
    {
        await using var database = await ground.Server.FreshAsync();
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        var (batches, _, _) = await Rate.OfAsync(writers, Knobs.Burst, _ =>
        {
            var stream = string.Create(CultureInfo.InvariantCulture, $"child-{Random.Shared.Next(20_000)}");
            return store.AppendAsync([.. Enumerable.Range(0, size).Select(_ => Samples.For(stream))]);
        });
        return new Reading(what, batches * size, "events/s", new(Name, await TheirsAsync(ground.Server, writers, size)));
    }

    private static async Task<double> TheirsAsync(Server server, int writers, int size)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "peer");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await Programs.RunAsync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], folder: folder);
        }

        await using var database = await server.FreshAsync();
        var address = server.Address;
        var said = await Programs.RunAsync(
            "node",
            ["append.mjs", $"{writers}", $"{size}", Knobs.Burst.TotalSeconds.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string>
            {
                ["PEER_DATABASE"] = $"postgresql://{address.Username}:{address.Password}@{address.Host}:{address.Port}/{database.Name}",
                ["PEER_BODY"] = Samples.Body,
            },
            folder);
        using var answer = JsonDocument.Parse(said.Trim().Split('\n')[^1]);
        return answer.RootElement.GetProperty("eventsPerSecond").GetDouble();
    }
}
