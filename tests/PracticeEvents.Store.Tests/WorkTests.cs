namespace PracticeEvents.Store.Tests;

/// <summary>Leases, positions, timers, outbox and notices: what consumers of the log stand on.</summary>
[Collection(OnServer.Name)]
public sealed class WorkTests(TestServer server) : DatabaseTest(server)
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Gone = TimeSpan.FromHours(-1);

    [Fact]
    public async Task A_lease_that_is_held_cannot_be_taken_by_another()
    {
        var leases = new Leases(Source);
        var mine = await leases.TryTakeAsync("caseload", "node-a", Long);

        Assert.Equal(1, mine!.Epoch);
        Assert.Null(await leases.TryTakeAsync("caseload", "node-b", Long));
    }

    [Fact]
    public async Task A_holder_whose_lease_ran_out_and_was_taken_is_refused_by_the_database_and_cannot_renew()
    {
        var leases = new Leases(Source);
        var stale = (await leases.TryTakeAsync("caseload", "node-a", Gone))!;
        var next = (await leases.TryTakeAsync("caseload", "node-b", Long))!;

        await Assert.ThrowsAsync<LeaseLostException>(() => GuardAsync(stale));
        Assert.False(await leases.RenewAsync(stale, Long));
        await GuardAsync(next);
        Assert.True(await leases.RenewAsync(next, Long));
    }

    [Fact]
    public async Task A_lease_cannot_change_hands_while_a_guarded_transaction_is_open()
    {
        var leases = new Leases(Source);
        var mine = (await leases.TryTakeAsync("caseload", "node-a", Gone))!;
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await mine.GuardAsync(connection, transaction);

        var taking = leases.TryTakeAsync("caseload", "node-b", Long);
        await UntilAsync("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        Assert.False(taking.IsCompleted);
        await transaction.CommitAsync();

        Assert.Equal(2, (await taking)!.Epoch);
    }

    [Fact]
    public async Task A_lease_that_was_given_up_can_be_taken_at_once_and_its_old_epoch_is_dead()
    {
        var leases = new Leases(Source);
        var mine = (await leases.TryTakeAsync("caseload", "node-a", Long))!;
        await leases.ReleaseAsync(mine);

        await Assert.ThrowsAsync<LeaseLostException>(() => GuardAsync(mine));
        Assert.NotNull(await leases.TryTakeAsync("caseload", "node-b", Long));
    }

    [Fact]
    public async Task A_position_moves_only_from_where_it_stands()
    {
        await AdvanceAsync(0, 10);
        await AdvanceAsync(10, 20);

        await Assert.ThrowsAsync<PositionLostException>(() => AdvanceAsync(10, 30));
        await Assert.ThrowsAsync<PositionLostException>(() => AdvanceAsync(0, 30));
        await using var connection = await Source.OpenConnectionAsync();
        Assert.Equal(20, await Positions.ReadAsync(connection, "caseload"));
    }

    [Fact]
    public async Task An_owners_timers_are_those_it_stated_last()
    {
        await UpsertAsync("child-1", ("review", Noon), ("visit", Noon.AddDays(1)));
        await UpsertAsync("child-2", ("review", Noon.AddDays(2)));
        await UpsertAsync("child-1", ("review", Noon.AddDays(3)));

        Assert.Equal((2, 0), await new Timers(Source).CountAsync(Noon));
        Assert.Equal(Noon.AddDays(2), await new Timers(Source).NextDueAsync(Noon));
        await UpsertAsync("child-1");
        await UpsertAsync("child-2");
        Assert.Null(await new Timers(Source).NextDueAsync(Noon));
    }

    [Fact]
    public async Task An_owner_with_due_timers_is_claimed_once_by_one_node_at_a_time()
    {
        await UpsertAsync("child-1", ("a", Noon), ("b", Noon.AddMinutes(-5)), ("c", Noon.AddDays(1)));
        await UpsertAsync("child-2", ("a", Noon.AddMinutes(-9)));
        await UpsertAsync("child-3", ("a", Noon.AddMinutes(1)));

        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.Equal(["child-2", "child-1"], await Timers.DueOwnersAsync(connection, transaction, Noon, 10));
        Assert.Empty(await InTransactionAsync((other, its) => Timers.DueOwnersAsync(other, its, Noon, 10)));
        await transaction.RollbackAsync();
        Assert.Equal(["child-2"], await InTransactionAsync((other, its) => Timers.DueOwnersAsync(other, its, Noon, 1)));
    }

    [Fact]
    public async Task Adding_the_same_outbox_item_again_changes_nothing_and_a_claim_is_one_nodes()
    {
        var outbox = new Outbox(Source);
        OutboxItem[] items = [new("email", "k1", "{}", Noon, Noon), new("email", "k2", "{}", Noon, Noon.AddDays(1)), new("email", "k1", "{}", Noon, Noon)];
        Assert.Equal(2, await InTransactionAsync((c, t) => Outbox.AddAsync(c, t, items)));
        Assert.Equal(0, await InTransactionAsync((c, t) => Outbox.AddAsync(c, t, items)));

        var claim = Assert.Single(await outbox.ClaimAsync("email", Noon, 10, Long));
        Assert.Empty(await outbox.ClaimAsync("email", Noon, 10, Long));
        Assert.Equal(claim.Id, Assert.Single(await outbox.ClaimAsync("email", Noon.AddHours(2), 10, Long)).Id);
    }

    [Fact]
    public async Task A_failed_item_waits_for_its_next_try_and_a_sent_one_is_gone()
    {
        var outbox = new Outbox(Source);
        await InTransactionAsync((c, t) => Outbox.AddAsync(c, t, [new("email", "k1", "{}", Noon, Noon)]));
        var claim = (await outbox.ClaimAsync("email", Noon, 10, Long))[0];
        await outbox.FailedAsync(claim.Id, "mailbox full", Noon.AddMinutes(5));

        Assert.Empty(await outbox.ClaimAsync("email", Noon, 10, Long));
        var again = Assert.Single(await outbox.ClaimAsync("email", Noon.AddMinutes(5), 10, Long));
        Assert.Equal(1, again.Attempts);
        Assert.Equal(new OutboxDepth("email", 1, 1, Noon), Assert.Single(await outbox.DepthAsync()));
        await outbox.SentAsync([again.Id], Noon.AddMinutes(6));
        Assert.Empty(await outbox.DepthAsync());
    }

    [Fact]
    public async Task Every_waiter_is_woken_by_an_append_and_none_sleeps_through_one_that_came_before_it_waited()
    {
        await using var notices = new Notifications(Source, Microsoft.Extensions.Logging.Abstractions.NullLogger<Notifications>.Instance);
        await notices.WaitAsync(0, TimeSpan.FromSeconds(30));
        var before = notices.Count;
        var waiters = Enumerable.Range(0, 3).Select(_ => notices.WaitAsync(TimeSpan.FromMinutes(10))).ToList();
        await ReceiveAsync(Event("child-1", "e1"));

        await Task.WhenAll(waiters).WaitAsync(TimeSpan.FromSeconds(30));
        await notices.WaitAsync(before, TimeSpan.FromMinutes(10)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Listening_goes_on_after_its_connection_was_ended()
    {
        await using var notices = new Notifications(Source, Microsoft.Extensions.Logging.Abstractions.NullLogger<Notifications>.Instance);
        await notices.WaitAsync(0, TimeSpan.FromSeconds(30));
        var before = notices.Count;
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'");
        await notices.WaitAsync(before, TimeSpan.FromSeconds(30));
        before = notices.Count;
        await ReceiveAsync(Event("child-1", "e1"));

        await notices.WaitAsync(before, TimeSpan.FromMinutes(10)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private Task<bool> GuardAsync(Lease lease) => InTransactionAsync(async (c, t) =>
    {
        await lease.GuardAsync(c, t);
        return true;
    });

    private Task<bool> AdvanceAsync(long from, long to) => InTransactionAsync(async (c, t) =>
    {
        await Positions.AdvanceAsync(c, t, "caseload", from, to);
        return true;
    });

    private Task<bool> UpsertAsync(string owner, params (string Key, DateTimeOffset Due)[] timers) => InTransactionAsync(async (c, t) =>
    {
        await Timers.UpsertAsync(c, t, owner, timers.ToDictionary(timer => timer.Key, timer => timer.Due));
        return true;
    });

    private async Task UntilAsync(string condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await ScalarAsync<bool>(condition))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
