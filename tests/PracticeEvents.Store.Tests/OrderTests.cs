using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace PracticeEvents.Store.Tests;

[Collection(OnServer.Name)]
public sealed class OrderTests(TestServer server) : DatabaseTest(server)
{
    private const int Streams = 50;

    [Fact]
    public async Task A_reader_that_polls_for_what_is_above_its_last_misses_nothing_and_sees_every_stream_in_order()
    {
        using var writing = new CancellationTokenSource();
        await using var otherNode = new EventStore(Source, NullLogger<EventStore>.Instance);
        var writers = Enumerable.Range(0, 16).Select(number => Task.Run(() => number switch
        {
            < 6 => ReceiveOneByOneAsync(Store, number, writing.Token),
            < 12 => ReceiveOneByOneAsync(otherNode, number, writing.Token),
            _ => AppendAfterAnotherWriteAsync(number, writing.Token),
        })).ToList();

        var (seen, began) = (new List<StoredEvent>(), Stopwatch.GetTimestamp());
        var finished = Task.WhenAll(writers);
        bool last;
        do
        {
            last = finished.IsCompleted;
            seen.AddRange(await Store.ReadAllAsync(seen.Count == 0 ? 0 : seen[^1].Position, 500));
            if (seen.Count > 500 && Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(4))
            {
                await writing.CancelAsync();
            }
        }
        while (!last);
        await finished;
        seen.AddRange(await Store.ReadAllAsync(seen[^1].Position, 1_000_000));

        Assert.Equal(await ScalarAsync<long>("select count(*) from mt_events"), seen.Count);
        Assert.All(seen.GroupBy(e => e.Stream), stream => Assert.Equal(Enumerable.Range(1, stream.Count()).Select(n => (long)n), stream.Select(e => e.Version)));
    }

    [Fact]
    public async Task Many_callers_share_few_commits_and_each_stream_stays_contiguous()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 400).Select(n => Store.ReceiveAsync([Delivery(Event($"child-{n % 7}", $"e{n}"))])));

        Assert.All(receipts, receipt => Assert.Equal(Fate.Accepted, receipt[0].Fate));
        Assert.InRange(await ScalarAsync<long>("select count(distinct xmin::text) from mt_events"), 1, 100);
        Assert.Equal(0, await ScalarAsync<long>("""
            select count(*) from mt_streams s where s.version <> (select count(*) from mt_events e where e.stream_id = s.id)
            or s.version <> (select max(e.version) from mt_events e where e.stream_id = s.id)
            """));
    }

    [Fact]
    public async Task What_one_call_brings_is_there_at_once_and_never_half()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
            {
                await Store.ReceiveAsync(
                [
                    .. Enumerable.Range(0, 300).Select(place =>
                        Delivery(Event($"child-{caller}", $"e{caller}-{n}-{place}") with { CorrelationId = $"{caller}-{n}" })),
                ]);
            }
        })));

        Assert.Equal(100, await ScalarAsync<long>("select count(distinct correlation_id) from mt_events"));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from (select from mt_events group by correlation_id having count(distinct xmin::text) > 1) as parted"));
    }

    [Fact]
    public async Task When_too_much_waits_the_next_caller_is_told_to_come_again_and_nothing_of_its_call_is_taken()
    {
        await using var small = new EventStore(Source, NullLogger<EventStore>.Instance, new EventStoreOptions { EventsWaiting = 3 });
        await using var connection = await Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await EventStore.AppendWithin([Event("alerts-1", "held")]).AskAsync(connection);

        var first = small.ReceiveAsync([Delivery(Event("child-1", "e1"))]);
        var second = small.ReceiveAsync([Delivery(Event("child-1", "e2"), Event("child-1", "e3"))]);
        var busy = await Assert.ThrowsAsync<StoreBusyException>(() => small.ReceiveAsync([Delivery(Event("child-1", "e4"))]));
        await transaction.CommitAsync();
        await Task.WhenAll(first, second);

        Assert.True(busy.RetryAfter > TimeSpan.Zero);

        // Calls that nobody waits for between have no order; the events of one have.
        Assert.Equal(["e1", "e2", "e3"], (await Store.ReadStreamAsync("child-1")).Select(e => e.EventId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_closed_stores_what_waits_first()
    {
        var closing = new EventStore(Source, NullLogger<EventStore>.Instance, new EventStoreOptions { EventsPerCommit = 5 });
        var calls = Enumerable.Range(0, 100).Select(n => closing.ReceiveAsync([Delivery(Event("child-1", $"e{n}"))])).ToList();
        await closing.DisposeAsync();

        Assert.All(await Task.WhenAll(calls), receipts => Assert.Equal(Fate.Accepted, receipts[0].Fate));
    }

    [Fact]
    public async Task What_one_call_brings_is_stored_in_its_order_however_many_commits_it_takes()
    {
        await using var small = new EventStore(Source, NullLogger<EventStore>.Instance, new EventStoreOptions { EventsPerCommit = 3 });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(call => small.ReceiveAsync([.. Enumerable.Range(0, 50).Select(n => Delivery(Event($"child-{call}", $"c{call}-e{n}")))])));

        for (var call = 0; call < 4; call++)
        {
            Assert.Equal(Enumerable.Range(0, 50).Select(n => $"c{call}-e{n}"), (await Store.ReadStreamAsync($"child-{call}")).Select(e => e.EventId));
        }
    }

    private static async Task ReceiveOneByOneAsync(EventStore store, int writer, CancellationToken until)
    {
        for (var n = 0; !until.IsCancellationRequested; n++)
        {
            await store.ReceiveAsync([Delivery(Event(StreamOf(writer, n), Id(writer, n)))], CancellationToken.None);
        }
    }

    private async Task AppendAfterAnotherWriteAsync(int writer, CancellationToken until)
    {
        for (var n = 0; !until.IsCancellationRequested; n++)
        {
            await using var connection = await Source.OpenConnectionAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await using (var write = new NpgsqlBatch(connection, transaction)
            {
                BatchCommands = { Timers.Upsert([$"writer-{writer}"], [new DueTimer($"writer-{writer}", "t", Noon.AddSeconds(n))]) },
            })
            {
                await write.ExecuteNonQueryAsync(CancellationToken.None);
            }

            await EventStore.AppendWithin([Event(StreamOf(writer, n), Id(writer, n))]).AskAsync(connection, CancellationToken.None);
            if (n % 50 == 49)
            {
                continue; // rolled back
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
    }

    private static string StreamOf(int writer, int n) => string.Create(CultureInfo.InvariantCulture, $"child-{((writer * 31) + (n * 17)) % Streams}");

    private static string Id(int writer, int n) => string.Create(CultureInfo.InvariantCulture, $"w{writer}-{n}");
}
