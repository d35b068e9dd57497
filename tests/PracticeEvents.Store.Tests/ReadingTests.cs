namespace PracticeEvents.Store.Tests;

[Collection(OnServer.Name)]
public sealed class ReadingTests(TestServer server) : DatabaseTest(server)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Store.AppendAsync(
        [
            Event("child-1", "e1"),
            Event("child-2", "e2"),
            Event("child-1", "e3") with { ReceivedAt = Noon.AddDays(1) },
            Event("alerts-1", "a1") with { Type = "alert_raised" },
        ]);
    }

    [Fact]
    public async Task As_at_an_instant_only_what_had_been_received_is_read()
    {
        Assert.Equal(["e1"], (await Store.ReadStreamAsync("child-1", receivedBy: Noon)).Select(e => e.EventId));
        Assert.Equal(["e1", "e3"], (await Store.ReadStreamAsync("child-1", receivedBy: Noon.AddDays(1))).Select(e => e.EventId));
    }

    [Fact]
    public async Task A_stream_can_be_read_up_to_a_position()
    {
        var first = (await Store.ReadStreamAsync("child-1"))[0].Position;

        Assert.Equal(["e1"], (await Store.ReadStreamAsync("child-1", throughPosition: first)).Select(e => e.EventId));
    }

    [Fact]
    public async Task Several_streams_are_read_at_once_each_in_order()
    {
        var streams = await Store.ReadStreamsAsync(["child-1", "child-2", "child-9"]);

        Assert.Equal(["child-1", "child-2"], streams.Keys.Order());
        Assert.Equal(["e1", "e3"], streams["child-1"].Select(e => e.EventId));
    }

    [Fact]
    public async Task Everything_is_read_in_pages_and_by_type()
    {
        var page = await Store.ReadAllAsync(0, 3);
        var rest = await Store.ReadAllAsync(page[^1].Position, 3);

        Assert.Equal(["e1", "e2", "e3"], page.Select(e => e.EventId));
        Assert.Equal(["a1"], rest.Select(e => e.EventId));
        Assert.Equal(["a1"], (await Store.ReadAllAsync(0, 10, ["alert_raised"])).Select(e => e.EventId));
        Assert.Equal(rest[0].Position, await Store.HeadAsync());
    }

    [Fact]
    public async Task Of_a_stretch_nothing_before_and_nothing_behind_is_read()
    {
        var all = (await Store.ReadAllAsync(0, 10)).Select(e => e.Position).ToList();

        Assert.Equal(["e2", "e3"], (await Store.ReadStretchAsync(all[0], all[2], 10, ["visit_recorded", "alert_raised"], default)).Select(e => e.EventId));
        Assert.Equal(["e2"], (await Store.ReadStretchAsync(all[0], all[2], 1, ["visit_recorded"], default)).Select(e => e.EventId));
        Assert.Empty(await Store.ReadStretchAsync(all[0], all[2], 10, ["alert_raised"], default));
    }

    [Fact]
    public async Task The_first_of_each_type_is_found_where_there_is_one_that_can_be_read()
    {
        string[] types = ["aaa", "alert_raised", "visit_recorded", "zzz"];
        Assert.Equal(
            [("alert_raised", Noon), ("visit_recorded", Noon)],
            (await Store.FirstReceivedAsync(types, default)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, f.Value)));

        await ExecuteAsync("update public.mt_events set is_archived = true where stream_id <> 'child-1' or version = 1");

        Assert.Equal([("visit_recorded", Noon.AddDays(1))], (await Store.FirstReceivedAsync(types, default)).Select(f => (f.Key, f.Value)));
    }

    [Fact]
    public async Task The_log_ends_with_the_last_event_that_can_be_read()
    {
        var last = (await Store.ReadAllAsync(0, 10))[^2].Position;
        await ExecuteAsync("update public.mt_events set is_archived = true where stream_id = 'alerts-1'");

        Assert.Equal(last, await Store.HeadAsync());
    }

    [Fact]
    public async Task Streams_are_found_by_how_they_begin()
    {
        Assert.Equal(["child-1", "child-2"], await Store.StreamIdsAsync("child-"));
        Assert.Equal(["child-2"], await Store.StreamIdsAsync("child-", after: "child-1"));
        Assert.Empty(await Store.StreamIdsAsync("child_"));
    }

    [Fact]
    public async Task A_rebuild_is_given_each_stream_whole()
    {
        var streams = new List<string>();
        await foreach (var stream in Store.LoadAllStreamsAsync("child-"))
        {
            streams.Add($"{stream[0].Stream}: {string.Join(' ', stream.Select(e => e.EventId))}");
        }

        Assert.Equal(["child-1: e1 e3", "child-2: e2"], streams);
    }

    [Fact]
    public async Task Streams_that_begin_so_are_read_in_the_order_of_everything_after_a_position()
    {
        await ReceiveAsync(Event("team-2", "t1"), Event("child-1", "c1"), Event("team-1", "t2"), Event("teams", "c2"), Event("team-2", "t3"));
        var all = await Store.ReadStreamsAsync("team-", after: 0, limit: 10);

        Assert.Equal(["t1", "t2", "t3"], all.Select(e => e.EventId));
        Assert.Equal(["t2"], (await Store.ReadStreamsAsync("team-", all[0].Position, limit: 1)).Select(e => e.EventId));
    }
}
