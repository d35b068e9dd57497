using FsCheck;
using FsCheck.Fluent;

namespace PracticeEvents.Store.Tests;

/// <summary>An export holds what reading holds.</summary>
[Collection(OnServer.Name)]
public sealed class ExportingTests(TestServer server) : DatabaseTest(server)
{
    private static readonly Selection Everything = new("");

    [Fact]
    public void Any_streams_are_exported_as_they_are_read() => Prop.ForAll(AnyDeliveries.Arbitrary, calls =>
    {
        var (exported, read) = BothAsync(calls).GetAwaiter().GetResult();
        return exported.SequenceEqual(read).Label($"{string.Join('\n', exported)}\n--- was exported, and read was ---\n{string.Join('\n', read)}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public async Task Long_bodies_and_names_in_any_script_are_exported_as_they_were_stored()
    {
        var (body, name) = ($$"""{"note":"{{new string('ü', 300_000)}}"}""", "child-Žofia-𝄞");
        await Store.AppendAsync([Event(name, "a", body), Event(name, "b"), Event("child-z", "c", body)]);
        var streams = await ExportAsync();
        Assert.Equal(["child-z", name], streams.Select(s => s[0].Stream).Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b"], streams.Single(s => s[0].Stream == name).Select(e => e.EventId));
        Assert.Equal(body, streams.Single(s => s[0].Stream == "child-z")[0].Data.Replace(": ", ":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_that_is_left_in_the_middle_leaves_nothing_behind()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 2_000).Select(n => Event($"child-{n}", $"e{n}", $$"""{"note":"{{new string('x', 1_000)}}"}"""))]);
        for (var n = 0; n < 150; n++)
        {
            await foreach (var stream in Store.ExportAsync(Everything, new StreamRange(null, null)))
            {
                break;
            }
        }

        Assert.Equal(2_000, (await ExportAsync()).Count);
    }

    [Fact]
    public async Task Nothing_is_exported_from_an_empty_log() => Assert.Empty(await ExportAsync());

    private async Task<List<IReadOnlyList<StoredEvent>>> ExportAsync()
    {
        var streams = new List<IReadOnlyList<StoredEvent>>();
        await foreach (var stream in Store.ExportAsync(Everything, new StreamRange(null, null)))
        {
            streams.Add(stream);
        }

        return streams;
    }

    private async Task<(List<string> Exported, List<string> Read)> BothAsync(Delivery[][] calls)
    {
        await ExecuteAsync("truncate mt_events, mt_streams, practice.inbox restart identity");
        foreach (var call in calls)
        {
            await Store.ReceiveAsync(call);
        }

        var exported = (await ExportAsync()).SelectMany(s => s).ToList();
        var read = await Store.ReadAllAsync(0, int.MaxValue);
        return ([.. exported.OrderBy(e => e.Position).Select(e => e.ToString())], [.. read.Select(e => e.ToString())]);
    }
}
