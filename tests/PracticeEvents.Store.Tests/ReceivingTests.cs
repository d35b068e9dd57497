namespace PracticeEvents.Store.Tests;

[Collection(OnServer.Name)]
public sealed class ReceivingTests(TestServer server) : DatabaseTest(server)
{
    [Fact]
    public async Task An_event_is_accepted_and_can_be_read_back()
    {
        var receipt = await ReceiveAsync(Event("child-1", "e1"));

        Assert.Equal(Fate.Accepted, receipt.Fate);
        Assert.Equal(new Appended(Fate.Accepted, receipt.Events[0].Position, 1), receipt.Events[0]);
        var read = Assert.Single(await Store.ReadStreamAsync("child-1"));
        Assert.Equal(("cms", "e1", "visit_recorded", Noon), (read.Source, read.EventId, read.Type, read.ReceivedAt));
        Assert.Equal(EventIdentity.Of("cms", "e1"), read.Id);
    }

    [Fact]
    public async Task The_same_event_again_is_a_duplicate_at_the_first_ones_position_and_is_counted_on_its_inbox_row()
    {
        var first = await ReceiveAsync(Event("child-1", "e1"));
        var again = await ReceiveAsync(Event("child-1", "e1"));

        Assert.Equal(Fate.Duplicate, again.Fate);
        Assert.Equal(first.InboxId, again.InboxId);
        Assert.Equal(first.Events[0].Position, again.Events[0].Position);
        var (entry, _) = (await new Inbox(Source).FindAsync(first.InboxId))!.Value;
        Assert.Equal(1, entry.Repeats);
        Assert.Equal(1, await ScalarAsync<long>("select count(*) from practice.inbox"));
    }

    [Fact]
    public async Task White_space_order_of_members_and_escapes_do_not_make_a_different_body()
    {
        await ReceiveAsync(Event("child-1", "e1", """{"on":"2026-11-02","by":"A"}"""));
        var again = await ReceiveAsync(Event("child-1", "e1", """{ "by": "\u0041", "on": "2026-11-02" }"""));

        Assert.Equal(Fate.Duplicate, again.Fate);
    }

    [Fact]
    public async Task The_same_id_with_another_body_quarantines_its_whole_delivery()
    {
        await ReceiveAsync(Event("child-1", "e1"));
        var clash = await ReceiveAsync(Event("child-1", "e2"), Event("child-1", "e1", """{"on":"2026-11-03"}"""));

        Assert.Equal(Fate.Quarantined, clash.Fate);
        Assert.Equal("Event id e1 from cms was received before with a different body", clash.Reason);
        Assert.All(clash.Events, e => Assert.Equal(Fate.Quarantined, e.Fate));
        Assert.Single(await Store.ReadStreamAsync("child-1"));
    }

    [Fact]
    public async Task An_id_of_a_quarantined_delivery_is_still_free()
    {
        await ReceiveAsync(Event("child-1", "e1"));
        await ReceiveAsync(Event("child-1", "e2"), Event("child-1", "e1", """{"on":"2026-11-03"}"""));

        Assert.Equal(Fate.Accepted, (await ReceiveAsync(Event("child-1", "e2", """{"on":"2026-11-04"}"""))).Fate);
    }

    [Fact]
    public async Task In_one_batch_a_repeat_is_a_duplicate_and_a_clash_harms_only_its_own_delivery()
    {
        var receipts = await Store.ReceiveAsync(
        [
            Delivery(Event("child-1", "e1")),
            Delivery(Event("child-1", "e1")),
            Delivery(Event("child-1", "e2"), Event("child-1", "e1", """{"on":"2026-11-03"}""")),
            Delivery(Event("child-1", "e2", """{"on":"2026-11-05"}""")),
        ]);

        Assert.Equal([Fate.Accepted, Fate.Duplicate, Fate.Quarantined, Fate.Accepted], receipts.Select(receipt => receipt.Fate));
        Assert.Equal(receipts[0].InboxId, receipts[1].InboxId);
        Assert.Equal([1L, 2L], (await Store.ReadStreamAsync("child-1")).Select(e => e.Version));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"note":"\u0000"}""")]
    [InlineData("""{"note":"\ud800"}""")]
    [InlineData("""{"n":1e999999}""")]
    public async Task A_body_that_cannot_be_stored_is_quarantined_and_its_neighbours_are_taken(string data)
    {
        var receipts = await Store.ReceiveAsync([Delivery(Event("child-1", "e1")), Delivery(Event("child-1", "e2", data)), Delivery(Event("child-1", "e3"))]);

        Assert.Equal([Fate.Accepted, Fate.Quarantined, Fate.Accepted], receipts.Select(receipt => receipt.Fate));
        Assert.NotNull(receipts[1].Reason);
    }

    [Fact]
    public async Task What_only_the_database_refuses_is_quarantined_alone()
    {
        var receipts = await Store.ReceiveAsync(
        [
            Delivery(Event("child-1", "e1")),
            Delivery(Event("child-1", "e2")) with { Replays = 999_999 },
            Delivery(Event("child-1", "e3")),
        ]);

        Assert.Equal([Fate.Accepted, Fate.Quarantined, Fate.Accepted], receipts.Select(receipt => receipt.Fate));
        Assert.NotNull(await new Inbox(Source).FindAsync(receipts[1].InboxId));
    }

    [Fact]
    public async Task An_expected_version_that_has_passed_is_a_conflict_and_none_of_the_call_is_added()
    {
        await Store.AppendAsync([Event("alerts-1", "a1"), Event("alerts-1", "a2")]);
        var appended = await Store.AppendAsync([Event("alerts-2", "b1"), Event("alerts-1", "a3") with { ExpectedVersion = 1 }]);

        Assert.Equal([new Appended(Fate.Conflict, 0, 0), new Appended(Fate.Conflict, 0, 2)], appended);
        Assert.Empty(await Store.ReadStreamAsync("alerts-2"));
    }

    [Fact]
    public async Task Expected_versions_run_on_within_one_call()
    {
        var appended = await Store.AppendAsync(
            [Event("alerts-1", "a1") with { ExpectedVersion = 0 }, Event("alerts-1", "a2") with { ExpectedVersion = 1 }]);

        Assert.Equal([1L, 2L], appended.Select(e => e.Version));
    }

    [Fact]
    public async Task An_own_append_that_is_sent_again_is_a_duplicate_even_though_the_stream_has_moved_on()
    {
        var mine = Event("alerts-1", "a1") with { ExpectedVersion = 0 };
        await Store.AppendAsync([mine]);

        Assert.Equal(Fate.Duplicate, (await Store.AppendAsync([mine]))[0].Fate);
    }

    [Fact]
    public async Task Nothing_is_added_to_an_archived_stream_and_its_events_are_not_read()
    {
        await ReceiveAsync(Event("child-1", "e1"));
        await ExecuteAsync("select mt_archive_stream('child-1')");

        var late = await ReceiveAsync(Event("child-1", "e2"));

        Assert.Equal((Fate.Quarantined, "Stream child-1 is archived"), (late.Fate, late.Reason));
        Assert.Empty(await Store.ReadStreamAsync("child-1"));
        Assert.Empty(await Store.ReadAllAsync(0, 10));
    }

    [Fact]
    public async Task Appending_within_a_transaction_that_rolls_back_adds_nothing()
    {
        await using (var connection = await Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await EventStore.AppendWithin([Event("child-1", "e1")]).AskAsync(connection);
        }

        Assert.Empty(await Store.ReadStreamAsync("child-1"));
        Assert.Equal(Fate.Accepted, (await ReceiveAsync(Event("child-1", "e1"))).Fate);
    }
}
