using FsCheck;
using FsCheck.Fluent;

namespace PracticeEvents.Store.Tests;

/// <summary>However deliveries are brought in, the outcome is that of deciding each by itself.</summary>
[Collection(OnServer.Name)]
public sealed class WaysOfAppendingTests(TestServer server) : DatabaseTest(server)
{
    [Fact]
    public void The_short_way_and_the_way_that_decides_one_by_one_have_the_same_outcome() => Same(
        call => AppendAsync(call, oneByOne: true),
        call => AppendAsync(call, oneByOne: false));

    [Fact]
    public void A_call_has_the_outcome_of_its_deliveries_sent_one_after_another() => Same(
        async call =>
        {
            var receipts = new List<Receipt>();
            foreach (var delivery in call)
            {
                receipts.AddRange(await Store.ReceiveAsync([delivery]));
            }

            return receipts;
        },
        call => Store.ReceiveAsync(call));

    [Fact]
    public void A_load_has_the_outcome_of_receiving() => Same(call => Store.ReceiveAsync(call), call => Store.LoadAsync(call));

    private void Same(Func<Delivery[], Task<IReadOnlyList<Receipt>>> one, Func<Delivery[], Task<IReadOnlyList<Receipt>>> other) =>
        Prop.ForAll(AnyDeliveries.Arbitrary, calls =>
        {
            var (expected, actual) = (OutcomeAsync(calls, one).GetAwaiter().GetResult(), OutcomeAsync(calls, other).GetAwaiter().GetResult());
            return (expected == actual).Label($"{expected}\n--- and not ---\n{actual}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private async Task<string> OutcomeAsync(Delivery[][] calls, Func<Delivery[], Task<IReadOnlyList<Receipt>>> bring)
    {
        await ExecuteAsync("truncate mt_events, mt_streams, practice.inbox restart identity");
        await Store.AppendAsync([Event(AnyDeliveries.Archived, "old")]);
        await ExecuteAsync($"select mt_archive_stream('{AnyDeliveries.Archived}')");
        var told = new List<string>();
        foreach (var call in calls)
        {
            told.AddRange((await bring(call)).Select(receipt => $"{receipt.InboxId} {receipt.Fate} {receipt.Reason} [{string.Join("; ", receipt.Events)}]"));
        }

        told.Add(await ScalarAsync<string>("""
            select coalesce(string_agg(concat_ws(' ', seq_id, id, stream_id, version, data, type, timestamp, tenant_id, headers, is_archived), e'\n' order by seq_id), '') from mt_events
            """));
        told.Add(await ScalarAsync<string>("select coalesce(string_agg(concat_ws(' ', id, version, tenant_id, is_archived), e'\n' order by id), '') from mt_streams"));
        told.Add(await ScalarAsync<string>("""
            select coalesce(string_agg(concat_ws(' ', id, sender, format, key, body, body_hash, received_at, status, reason, positions, first_position, repeats, last_repeated_at), e'\n' order by id), '')
            from practice.inbox
            """));
        return string.Join('\n', told);
    }

    private async Task<IReadOnlyList<Receipt>> AppendAsync(Delivery[] call, bool oneByOne)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = new AppendCommand(connection);
        return (await command.RunAsync(new AppendBatch([.. call.Select(delivery => AppendItem.Prepare(delivery, kept: true))], oneByOne), default)).Receipts;
    }
}
