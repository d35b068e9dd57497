namespace PracticeEvents.Store.Tests;

[Collection(OnServer.Name)]
public sealed class InboxTests(TestServer server) : DatabaseTest(server)
{
    private Inbox Inbox => new(Source);

    [Fact]
    public async Task What_cannot_be_read_is_kept_as_it_came_with_the_reason()
    {
        var receipt = (await Store.ReceiveAsync([Refused("garbage", "No such event type")]))[0];
        var (entry, body) = (await Inbox.FindAsync(receipt.InboxId))!.Value;

        Assert.Equal((Fate.Quarantined, "No such event type"), (receipt.Fate, receipt.Reason));
        Assert.Equal((InboxStatus.Quarantined, "No such event type"), (entry.Status, entry.Reason));
        Assert.Equal("garbage"u8.ToArray(), body);
    }

    [Fact]
    public async Task The_same_refused_payload_again_is_counted_and_not_kept_twice()
    {
        var receipts = await Store.ReceiveAsync([Refused("garbage", "No"), Refused("garbage", "No"), Refused("other", "No")]);

        Assert.Equal(receipts[0].InboxId, receipts[1].InboxId);
        Assert.NotEqual(receipts[0].InboxId, receipts[2].InboxId);
        Assert.Equal(1, (await Inbox.FindAsync(receipts[0].InboxId))!.Value.Entry.Repeats);
    }

    [Fact]
    public async Task A_payload_without_events_is_kept_once()
    {
        var empty = new Delivery("cms", "dfe-csc", "c1", "{}"u8.ToArray(), Noon);
        var receipts = await Store.ReceiveAsync([empty, empty]);

        Assert.Equal([Fate.Accepted, Fate.Duplicate], receipts.Select(receipt => receipt.Fate));
        Assert.Equal(receipts[0].InboxId, receipts[1].InboxId);
    }

    [Fact]
    public async Task A_repaired_delivery_is_taken_and_the_quarantined_row_becomes_replayed()
    {
        var broken = (await Store.ReceiveAsync([Refused("garbage", "No")]))[0];
        var repaired = (await Store.ReceiveAsync([Delivery(Event("child-1", "e1")) with { Replays = broken.InboxId }]))[0];

        Assert.Equal(Fate.Accepted, repaired.Fate);
        Assert.Equal(InboxStatus.Replayed, (await Inbox.FindAsync(broken.InboxId))!.Value.Entry.Status);
        Assert.Equal(broken.InboxId, (await Inbox.FindAsync(repaired.InboxId))!.Value.Entry.Replays);
    }

    [Fact]
    public async Task A_repair_that_does_not_help_leaves_the_one_row_waiting()
    {
        var broken = (await Store.ReceiveAsync([Refused("garbage", "No")]))[0];
        var again = (await Store.ReceiveAsync([Refused("less garbage", "Still no") with { Replays = broken.InboxId }]))[0];

        Assert.Equal((broken.InboxId, "Still no"), (again.InboxId, again.Reason));
        Assert.Equal(1, (await Inbox.CountAsync())[InboxStatus.Quarantined]);
    }

    [Fact]
    public async Task A_dismissed_row_is_no_longer_waiting_and_cannot_be_dismissed_again()
    {
        var broken = (await Store.ReceiveAsync([Refused("garbage", "No")]))[0];

        Assert.True(await Inbox.DismissAsync(broken.InboxId, "w-1", "A test message", Noon));
        Assert.False(await Inbox.DismissAsync(broken.InboxId, "w-1", "A test message", Noon));
        Assert.Equal((0, 1), ((await Inbox.CountAsync())[InboxStatus.Quarantined], (await Inbox.CountAsync())[InboxStatus.Dismissed]));
    }

    [Fact]
    public async Task The_list_is_newest_first_and_goes_on_after_a_cursor()
    {
        var receipts = await Store.ReceiveAsync([Refused("a", "No"), Delivery(Event("child-1", "e1")), Refused("b", "No"), Refused("c", "No")]);
        var first = await Inbox.ListAsync(InboxStatus.Quarantined, "cms", limit: 2);
        var second = await Inbox.ListAsync(InboxStatus.Quarantined, "cms", before: first[^1].Id, limit: 2);

        Assert.Equal([receipts[3].InboxId, receipts[2].InboxId], first.Select(entry => entry.Id));
        Assert.Equal([receipts[0].InboxId], second.Select(entry => entry.Id));
        Assert.Equal(Noon, (await Inbox.LastHeardAsync())["cms"]);
    }

    private static Delivery Refused(string body, string reason) =>
        new("cms", "cloudevents", null, System.Text.Encoding.UTF8.GetBytes(body), Noon) { Refusal = reason };
}
