using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace PracticeEvents.Store.Tests;

/// <summary>A database that stalls because a transaction holds the append lock.</summary>
[Collection(OnServer.Name)]
public sealed class StalledTests(TestServer server) : DatabaseTest(server)
{
    private const int Bound = 50;

    [Fact]
    public async Task While_a_transaction_holds_the_append_lock_callers_are_turned_away_at_the_bound_and_afterwards_all_that_waited_is_stored()
    {
        await using var store = new EventStore(Source, NullLogger<EventStore>.Instance, new EventStoreOptions { EventsWaiting = Bound, EventsPerCommit = 10 });
        List<Task<IReadOnlyList<Receipt>>> calls;
        await using (await HoldAppendLockAsync())
        {
            calls = [.. Enumerable.Range(0, Bound * 4).Select(n => store.ReceiveAsync([Delivery(Event($"child-{n % 3}", $"e{n}"))]))];
            await UntilAsync(() => calls.Count(call => call.IsFaulted) == Bound * 3);
            Assert.Equal(Bound, store.Waiting);
            Assert.DoesNotContain(calls, call => call.IsCompletedSuccessfully);
        }

        await UntilAsync(() => calls.TrueForAll(call => call.IsCompleted));
        Assert.All(calls.Where(call => call.IsFaulted), call => Assert.True(((StoreBusyException)call.Exception!.InnerException!).RetryAfter > TimeSpan.Zero));
        Assert.Equal(Bound, calls.Count(call => call.IsCompletedSuccessfully));
        await UntilAsync(() => store.Waiting == 0);
        Assert.Equal(Fate.Accepted, (await store.ReceiveAsync([Delivery(Event("child-9", "after"))]))[0].Fate);
        Assert.Equal(Bound + 1L, await ScalarAsync<long>("select count(*) from mt_events"));
    }

    [Fact]
    public async Task A_caller_who_waits_for_the_lock_longer_than_a_command_may_take_is_not_failed_for_it()
    {
        var impatient = new NpgsqlConnectionStringBuilder(Source.ConnectionString) { Password = PasswordOf(Server), CommandTimeout = 1 };
        await using var source = NpgsqlDataSource.Create(impatient.ConnectionString);
        await using var store = new EventStore(source, NullLogger<EventStore>.Instance, new EventStoreOptions { Tries = 1, Lanes = 1 });
        await store.AppendAsync([Event("child-1", "before")]);
        Task<IReadOnlyList<Receipt>> call;
        await using (await HoldAppendLockAsync())
        {
            call = store.ReceiveAsync([Delivery(Event("child-1", "e1"))]);
            // Its statement is begun anew after a time-out.
            await UntilAsync(async () => await WaitingSinceAsync() > DateTime.MinValue);
            var first = await WaitingSinceAsync();
            await UntilAsync(async () => await WaitingSinceAsync() > first);
        }

        Assert.Equal(Fate.Accepted, (await call)[0].Fate);
        Assert.True(store.Appending.LastLockWaitMilliseconds >= 0);
    }

    [Fact]
    public async Task How_long_nothing_was_stored_is_told_while_something_waits_and_no_longer_whatever_is_turned_away()
    {
        await using var store = new EventStore(Source, NullLogger<EventStore>.Instance, new EventStoreOptions { EventsWaiting = 1 });
        Assert.Equal(TimeSpan.Zero, store.Stalled);
        Task call;
        await using (await HoldAppendLockAsync())
        {
            call = store.AppendAsync([Event("child-1", "e1")]);
            await UntilAsync(() => store.Stalled > TimeSpan.FromMilliseconds(50));
            var before = store.Stalled;
            await Assert.ThrowsAsync<StoreBusyException>(() => store.AppendAsync([Event("child-1", "e2")]));
            Assert.True(store.Stalled > before);
        }

        await call;
        Assert.Equal(TimeSpan.Zero, store.Stalled);
    }

    [Fact]
    public async Task What_appending_took_is_told()
    {
        await Store.ReceiveAsync([Delivery(Event("child-1", "e1")), Delivery(Event("child-1", "e2"))]);
        await Store.AppendAsync([Event("child-1", "e3")]);

        var told = Store.Appending;
        Assert.Equal((2, 3, 1.5, 0), (told.Batches, told.Events, told.MeanBatch, told.Waiting));
        Assert.InRange(told.MeanLockWaitMilliseconds, 0, told.MeanMilliseconds);
    }

    private static string? PasswordOf(TestServer server) => new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")).Password;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail("It did not come about.");
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private async Task<DateTime> WaitingSinceAsync()
    {
        await using var command = Source.CreateCommand("""
            select coalesce(max(query_start), '-infinity') from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'
            """);
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    private async Task<NpgsqlConnection> HoldAppendLockAsync()
    {
        var connection = await Source.OpenConnectionAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(practice.append_lock())", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
