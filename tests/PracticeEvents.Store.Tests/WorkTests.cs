using Npgsql;

namespace PracticeEvents.Store.Tests;

/// <summary>Leases, positions, timers, outbox and notices: what consumers of the log stand on.</summary>
[Collection(OnServer.Name)]
public sealed class WorkTests(TestServer server) : DatabaseTest(server)
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Gone = TimeSpan.FromHours(-1);
    private static readonly string[] Pieces = ["a", "b", "c", "d"];

    [Fact]
    public async Task A_node_alone_holds_everything_and_two_nodes_share_it()
    {
        Assert.Equal(Pieces, Names(await ShareAsync("node-1", Long)));
        Assert.Empty(await ShareAsync("node-2", Long));
        Assert.Equal(["a", "b"], Names(await ShareAsync("node-1", Long)));
        Assert.Equal(["c", "d"], Names(await ShareAsync("node-2", Long)));
    }

    [Fact]
    public async Task A_silent_nodes_leases_pass_to_another_and_what_it_writes_is_refused_by_the_database()
    {
        var stale = (await ShareAsync("node-1", Gone))[0];
        var next = (await ShareAsync("node-2", Long))[0];

        Assert.Equal(stale.Epoch + 1, next.Epoch);
        await Assert.ThrowsAsync<LeaseLostException>(() => GuardAsync(stale));
        await GuardAsync(next);
        Assert.DoesNotContain(stale, await ShareAsync("node-1", Long));
    }

    [Fact]
    public async Task A_lease_does_not_change_hands_while_a_guarded_transaction_of_it_is_open_and_nobody_waits_for_it()
    {
        var mine = await ShareAsync("node-1", Gone);
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Lease.GuardAsync(connection, [mine[0]]);

        Assert.Equal(["b", "c", "d"], Names(await ShareAsync("node-2", Long)));
        await transaction.CommitAsync();
        Assert.Equal(Pieces, Names(await ShareAsync("node-2", Long)));
    }

    [Fact]
    public async Task A_node_that_leaves_frees_its_leases_at_once_and_their_old_epochs_are_dead()
    {
        var mine = await ShareAsync("node-1", Long);
        await new Leases(Source, "node-1").LeaveAsync();

        await Assert.ThrowsAsync<LeaseLostException>(() => GuardAsync(mine[0]));
        Assert.Equal(Pieces, await new Leases(Source, "node-2").UnheldAsync(Pieces));
        Assert.Equal(Pieces, Names(await ShareAsync("node-2", Long)));
        Assert.Empty(await new Leases(Source, "node-2").UnheldAsync(Pieces));
    }

    [Fact]
    public async Task A_node_that_wants_to_be_alone_gets_nothing_while_another_is_alive()
    {
        await ShareAsync("node-1", Long);
        Assert.Empty(await new Leases(Source, "node-2").ShareAsync(Pieces, Long, Noon, alone: true));
        await new Leases(Source, "node-1").LeaveAsync();

        Assert.Equal(Pieces, Names(await new Leases(Source, "node-2").ShareAsync(Pieces, Long, Noon, alone: true)));
    }

    [Fact]
    public async Task A_silent_node_that_left_a_transaction_open_is_cut_off()
    {
        await using var stopped = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "practice/node-1", Pooling = false }.ConnectionString);
        await new Leases(stopped, "node-1").ShareAsync(Pieces, Gone, Noon);
        await using var connection = await stopped.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select pg_advisory_xact_lock(practice.append_lock())", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await ShareAsync("node-2", Long);
        Assert.Equal(Fate.Accepted, (await ReceiveAsync(Event("child-1", "e1"))).Fate);
    }

    [Fact]
    public async Task When_nobody_was_at_work_for_a_while_it_is_known_from_when_to_when()
    {
        var leases = new Leases(Source, "node-1");
        await leases.ShareAsync(Pieces, Long, Noon);
        await leases.LeaveAsync();
        await new Leases(Source, "node-2").ShareAsync(Pieces, Long, Noon.AddSeconds(30));
        await new Leases(Source, "node-2").LeaveAsync();
        await leases.ShareAsync(Pieces, Long, Noon.AddHours(3));

        Assert.Equal([(Noon.AddSeconds(30), Noon.AddHours(3))], await leases.SilencesAsync(Noon));
    }

    [Fact]
    public async Task The_program_and_the_database_deal_owners_out_alike()
    {
        string[] owners = [.. Enumerable.Range(0, 500).Select(n => $"child {n}"), "", "4471", "Zoë/ß", "a\\b'c\"d", "子"];
        await using var command = Source.CreateCommand("select array_agg(practice.partition_of(o)::int order by n) from unnest($1) with ordinality as t (o, n)");
        command.Parameters.AddWithValue(owners);

        Assert.Equal(owners.Select(Partitions.Of), (int[])(await command.ExecuteScalarAsync())!);
        Assert.Equal(Partitions.Count, owners.Select(Partitions.Of).Distinct().Count());
    }

    [Fact]
    public async Task A_position_moves_only_from_where_it_stands()
    {
        await AdvanceAsync(0, 10);
        await AdvanceAsync(10, 20);

        await Assert.ThrowsAsync<PositionLostException>(() => AdvanceAsync(10, 30));
        await Assert.ThrowsAsync<PositionLostException>(() => AdvanceAsync(0, 30));
        Assert.Equal(20, (await Positions.ReadAllAsync(Source))["caseload"]);
    }

    [Fact]
    public async Task An_owners_timers_are_those_it_stated_last()
    {
        await UpsertAsync("child-1", ("review", Noon), ("visit", Noon.AddDays(1)));
        await UpsertAsync("child-2", ("review", Noon.AddDays(2)));
        await UpsertAsync("child-1", ("review", Noon.AddDays(3)));

        Assert.Equal((2, 0, null), await new Timers(Source).CountAsync(Noon));
        Assert.Equal(Noon.AddDays(2), await new Timers(Source).NextDueAsync(Noon));
        await UpsertAsync("child-1");
        await UpsertAsync("child-2");
        Assert.Null(await new Timers(Source).NextDueAsync(Noon));
    }

    [Fact]
    public async Task Due_timers_of_a_share_are_taken_off_earliest_first_and_are_due_again_when_the_work_is_rolled_back()
    {
        await UpsertAsync("child-1", ("a", Noon), ("b", Noon.AddMinutes(-5)), ("c", Noon.AddDays(1)));
        await UpsertAsync("child-2", ("a", Noon.AddMinutes(-9)));
        await UpsertAsync("child-3", ("a", Noon.AddMinutes(1)));

        await using (var connection = await Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            Assert.Equal(["child-1 a", "child-1 b", "child-2 a"], (await TakeAsync(connection, transaction, All, 10)).Order());
            Assert.Empty(await InTransactionAsync((other, its) => TakeAsync(other, its, All, 10)));
        }

        Assert.Equal(["child-2 a"], await InTransactionAsync((other, its) => TakeAsync(other, its, All, 1)));
        Assert.Equal(["child-1 a", "child-1 b"], (await InTransactionAsync((other, its) => TakeAsync(other, its, [Partitions.Of("child-1")], 10))).Order());
        Assert.Empty(await InTransactionAsync((other, its) => TakeAsync(other, its, All, 10)));
    }

    [Fact]
    public async Task All_that_is_due_of_an_owner_is_taken_together_however_little_is_asked_for()
    {
        await UpsertAsync("child-1", ("a", Noon.AddMinutes(-5)), ("b", Noon), ("c", Noon.AddDays(1)));
        await UpsertAsync("child-2", ("a", Noon.AddMinutes(-4)));

        Assert.Equal(["child-1 a", "child-1 b"], (await InTransactionAsync((other, its) => TakeAsync(other, its, All, 1))).Order());
    }

    [Fact]
    public async Task No_timer_is_taken_while_too_many_events_are_unread_of_which_those_that_are_archived_are_none()
    {
        await UpsertAsync("child-1", ("a", Noon));
        await ReceiveAsync(Event("child-2", "e1"), Event("child-2", "e2"), Event("child-3", "e3"));
        Task<IReadOnlyList<DueTimer>> Take(long after) => InTransactionAsync((c, _) => Timers.TakeDue(All, Noon, 2, after).AskAsync(c));

        Assert.Empty(await Take(after: 0));
        Assert.Empty(await Take(after: 1));
        await ExecuteAsync("update public.mt_events set is_archived = true where stream_id = 'child-2'");
        Assert.Equal("child-1", Assert.Single(await Take(after: 0)).Owner);
    }

    [Fact]
    public async Task What_others_asked_for_stays_when_an_owner_states_its_timers()
    {
        await UpsertAsync("child-1", ("~anew", Noon), ("visit", Noon));
        await UpsertAsync("child-1");

        Assert.Equal(["child-1 ~anew"], await InTransactionAsync((other, its) => TakeAsync(other, its, All, 10)));
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
        await outbox.FailedAsync([claim], "mailbox full", Noon.AddMinutes(5));

        Assert.Empty(await outbox.ClaimAsync("email", Noon, 10, Long));
        var again = Assert.Single(await outbox.ClaimAsync("email", Noon.AddMinutes(5), 10, Long));
        Assert.Equal(1, again.Attempts);
        Assert.Equal(new OutboxDepth("email", 1, 1, Noon), Assert.Single(await outbox.DepthAsync()));
        await outbox.SentAsync([again.Id], Noon.AddMinutes(6));
        Assert.Empty(await outbox.DepthAsync());
    }

    [Fact]
    public async Task Whoever_is_held_up_for_longer_than_a_claim_lasts_takes_nothing_back_from_the_next_who_claims()
    {
        var outbox = new Outbox(Source);
        await InTransactionAsync((c, t) => Outbox.AddAsync(c, t, [new("email", "k1", "{}", Noon, Noon)]));
        var late = await outbox.ClaimAsync("email", Noon, 10, Long);
        var next = await outbox.ClaimAsync("email", Noon.AddHours(2), 10, Long);

        await outbox.ReleaseAsync(late);
        await outbox.PostponeAsync(late, Noon.AddHours(1));
        await outbox.FailedAsync(late, "mailbox full", Noon.AddHours(1));

        Assert.Empty(await outbox.ClaimAsync("email", Noon.AddHours(2), 10, Long));
        await outbox.ReleaseAsync(next);
        Assert.Equal(0, Assert.Single(await outbox.ClaimAsync("email", Noon.AddHours(2), 10, Long)).Attempts);
    }

    [Fact]
    public async Task Every_waiter_is_woken_by_an_append_and_none_sleeps_through_one_that_came_before_it_waited()
    {
        await using var notices = new Notifications(Source, Microsoft.Extensions.Logging.Abstractions.NullLogger<Notifications>.Instance);
        await notices.Events.WaitAsync(0, TimeSpan.FromSeconds(30));
        var before = notices.Events.Count;
        var waiters = Enumerable.Range(0, 3).Select(_ => notices.Events.WaitAsync(TimeSpan.FromMinutes(10))).ToList();
        await ReceiveAsync(Event("child-1", "e1"));

        await Task.WhenAll(waiters).WaitAsync(TimeSpan.FromSeconds(30));
        await notices.Events.WaitAsync(before, TimeSpan.FromMinutes(10)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Listening_goes_on_after_its_connection_was_ended()
    {
        await using var notices = new Notifications(Source, Microsoft.Extensions.Logging.Abstractions.NullLogger<Notifications>.Instance);
        await notices.Events.WaitAsync(0, TimeSpan.FromSeconds(30));
        var before = notices.Events.Count;
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'");
        await notices.Events.WaitAsync(before, TimeSpan.FromSeconds(30));
        before = notices.Events.Count;
        await ReceiveAsync(Event("child-1", "e1"));

        await notices.Events.WaitAsync(before, TimeSpan.FromMinutes(10)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("7", true, false, false)]
    [InlineData("said", false, true, false)]
    [InlineData("", true, true, true)]
    [InlineData("whatever another release says", true, true, true)]
    public async Task A_notice_wakes_those_whom_it_concerns(string payload, bool events, bool said, bool anything)
    {
        await using var notices = new Notifications(Source, Microsoft.Extensions.Logging.Abstractions.NullLogger<Notifications>.Instance);
        Notice[] all = [notices.Events, notices.Said, notices.Anything];
        await Task.WhenAll(all.Select(n => n.WaitAsync(0, TimeSpan.FromSeconds(30))));
        var before = all.Select(n => n.Count).ToList();

        // The last wakes everybody: what came before it has been heard by then.
        await ExecuteAsync($"select pg_notify('practice_events', '{payload}')");
        await ExecuteAsync("select pg_notify('practice_events', '')");
        await Task.WhenAll(all.Select((n, at) => UntilAsync(n, before[at], 1)));
        await Task.WhenAll(all.Zip(new[] { events, said, anything }).Select((n, at) => n.Second ? UntilAsync(n.First, before[at], 2) : Task.CompletedTask));

        Assert.Equal([events, said, anything], all.Select((n, at) => n.Count == before[at] + 2));
    }

    [Fact]
    public async Task A_session_that_was_changed_goes_back_to_the_pool_as_it_came()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true });
        const string state = """
            select current_setting('enable_sort') || ' ' || (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())
                || ' ' || (select count(*) from pg_listening_channels()) || ' ' || pg_backend_pid()
            """;
        var before = await ScalarAsync(source, state);
        await using (var session = await OwnSession.OpenAsync(source))
        {
            await using var change = new NpgsqlCommand("set enable_sort to off; select pg_advisory_lock(7); listen anything", session.Connection);
            await change.ExecuteNonQueryAsync();
        }

        Assert.StartsWith("on 0 0 ", before, StringComparison.Ordinal);
        Assert.Equal(before, await ScalarAsync(source, state));
    }

    [Fact]
    public async Task A_session_that_cannot_be_put_right_is_not_used_again()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true });
        const string pid = "select pg_backend_pid()::text";
        var before = await ScalarAsync(source, pid);
        await using (var session = await OwnSession.OpenAsync(source))
        {
            // Somebody still reads on it.
            await using var read = new NpgsqlCommand("select generate_series(1, 1000000)", session.Connection);
            var rows = await read.ExecuteReaderAsync();
            await rows.ReadAsync();
        }

        Assert.NotEqual(before, await ScalarAsync(source, pid));
    }

    [Fact]
    public async Task A_loop_keeps_its_session_until_the_server_ends_it_and_then_has_another_with_the_same_settings()
    {
        await using var session = new LoopSession(Source);
        var before = await StateAsync();
        Assert.EndsWith(" off off", before, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());

        await ScalarAsync(Source, $"select pg_terminate_backend({before.Split(' ')[0]}, 30000)::text");
        await Assert.ThrowsAnyAsync<NpgsqlException>(StateAsync);
        var after = await StateAsync();

        Assert.NotEqual(before, after);
        Assert.EndsWith(" off off", after, StringComparison.Ordinal);

        async Task<string> StateAsync()
        {
            await using var command = new NpgsqlCommand(
                "select concat_ws(' ', pg_backend_pid(), current_setting('enable_seqscan'), current_setting('jit'))",
                await session.OpenAsync());
            return (string)(await command.ExecuteScalarAsync())!;
        }
    }

    [Theory]
    [InlineData("id = any(array(select unnest($1::text[]))) order by place + 0", "'{a}'", 1, "filling_id_idx unnest($1)")]
    [InlineData("id = any(array(select unnest($1::text[]))) order by place + 0", "'{a}'", 20_000, "filling_id_idx unnest($1)")]
    [InlineData("id = any(array(select id from filling where place > $1 order by place limit 1000))", "7", 1, "filling_place_idx filling_id_idx")]
    [InlineData("id = any(array(select id from filling where place > $1 order by place limit 1000))", "7", 20_000, "filling_place_idx filling_id_idx")]
    public async Task A_loop_looks_up_by_index_and_plans_once_whatever_the_table_held_when_it_planned(string which, string of, int rows, string parts)
    {
        await using var session = new LoopSession(Source);
        await using var prepare = new NpgsqlCommand(
            $"""
            create table filling (id text, place bigint, it text);
            create index on filling (id);
            create index on filling (place);
            insert into filling select md5(i::text), i, repeat('x', 100) from generate_series(1, {rows}) i;
            analyze filling;
            prepare look as select it from filling where {which}
            """,
            await session.OpenAsync());
        await prepare.ExecuteNonQueryAsync();

        // The server decides after five whether a plan is to be kept.
        await using var execute = new NpgsqlCommand($"execute look({of}); execute look({of}); execute look({of}); execute look({of}); execute look({of})", await session.OpenAsync());
        await execute.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand($"explain (verbose, costs off, format json) execute look({of})", await session.OpenAsync());
        var plan = (string)(await explain.ExecuteScalarAsync())!;

        Assert.All(parts.Split(' '), part => Assert.Contains(part, plan, StringComparison.Ordinal));
        Assert.All(["Seq Scan", "Join"], part => Assert.DoesNotContain(part, plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arming_timers_never_compares_each_with_each_whatever_the_table_held_when_it_was_planned()
    {
        await using var session = await OwnSession.OpenAsync(Source);
        var arm = Timers.Upsert(["a"], [new DueTimer("a", "k", Noon)]).CommandText;
        await using var explain = new NpgsqlCommand(
            $"""
            insert into practice.timers (owner, key, due_at) values ('b', 'k', now());
            analyze practice.timers;
            set plan_cache_mode = force_generic_plan;
            prepare arm (text[], text[], text[], timestamptz[]) as {arm};
            explain (costs off, format json) execute arm(array['a'], array['a'], array['k'], array[now()])
            """,
            session.Connection);
        var plan = (string)(await explain.ExecuteScalarAsync())!;

        Assert.Contains("hashed SubPlan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Join", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Nested Loop", plan, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Notice notice, long before, int more)
    {
        for (var count = notice.Count; count < before + more; count = notice.Count)
        {
            await notice.WaitAsync(count, TimeSpan.FromMinutes(10)).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private static async Task<string> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static int[] All => [.. Enumerable.Range(0, Partitions.Count)];

    private static IEnumerable<string> Names(IEnumerable<Lease> leases) => leases.Select(l => l.Name);

    private static async Task<IReadOnlyList<string>> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int[] partitions, int limit) =>
        [.. (await Timers.TakeDue(partitions, Noon, limit).AskAsync(connection)).Select(t => $"{t.Owner} {t.Key}")];

    private Task<IReadOnlyList<Lease>> ShareAsync(string node, TimeSpan ttl) => new Leases(Source, node).ShareAsync(Pieces, ttl, Noon);

    private Task<bool> GuardAsync(Lease lease) => InTransactionAsync(async (c, t) =>
    {
        await Lease.GuardAsync(c, [lease]);
        return true;
    });

    private Task<bool> AdvanceAsync(long from, long to) => InTransactionAsync(async (c, t) =>
    {
        await using var writes = new NpgsqlBatch(c, t);
        await Positions.AdvanceAsync(writes, ["caseload", "drift"], from, to);
        return true;
    });

    private Task<bool> UpsertAsync(string owner, params (string Key, DateTimeOffset Due)[] timers) => InTransactionAsync(async (c, t) =>
    {
        await using var writes = new NpgsqlBatch(c, t) { BatchCommands = { Timers.Upsert([owner], timers.Select(timer => new DueTimer(owner, timer.Key, timer.Due))) } };
        await writes.ExecuteNonQueryAsync();
        return true;
    });
}
