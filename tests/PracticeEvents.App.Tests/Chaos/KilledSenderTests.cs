using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Tests.Sending;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;
using Xunit.Abstractions;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>A node that is killed while it sends. KILLED_SENDER_CHILDREN sets how much there is to send: a child brings four messages.</summary>
public sealed class KilledSenderTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = ChaosHouse.Start;

    [Fact]
    public async Task Each_message_comes_at_least_once_with_the_same_id_and_none_is_missing()
    {
        var children = int.TryParse(Environment.GetEnvironmentVariable("KILLED_SENDER_CHILDREN"), out var asked) ? asked : 120;
        await using var receiver = await Receiver.StartAsync();
        var options = ClusterOptions.Throwaway();
        await using var cluster = await Cluster.StartAsync(options, NullLogger.Instance);
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        using (var first = await PracticeProcess.ServeAsync(options.Folder, Start))
        {
            await FillAsync(source, children);
            using var reader = new HttpClient { BaseAddress = first!.Url };
            reader.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                await new Tokens(source).CreateAsync("reader", [Role.Administrator], Start, default));
            Assert.True((await reader.PostAsJsonAsync("/api/subscriptions", new { channel = "webhook", scope = "all", address = receiver.Address })).IsSuccessStatusCode);
            await FillAsync(source, children, second: true);
            await Until.HoldsAsync(
                async () => receiver.Got.Count > await CountAsync(source, "select count(*) from practice.outbox") / 3 && receiver.Got.Count > children,
                "a third is sent");
            first.Kill();
        }

        var before = receiver.Got.Count;

        // What was under way is claimed until the claim runs out, by the service's clock.
        using var later = await PracticeProcess.ServeAsync(options.Folder, Start.AddMinutes(10));
        await Until.HoldsAsync(async () => await CountAsync(source, """
            select (select count(*) from public.mt_events e where e.seq_id > (select min(last_seq_id) from public.mt_event_progression where name like 'Timescales:%'))
                 + (select count(*) from practice.alert_feed f where f.position > (select position from practice.sending_position)) + (select count(*) from practice.outbox where sent_at is null)
            """) == 0, "everything is sent");

        var due = await ListAsync(source, "select key from practice.outbox order by key");
        var got = receiver.Got.GroupBy(g => g.Id).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(due.Order(StringComparer.Ordinal), got.Keys.Order(StringComparer.Ordinal));
        Assert.All(receiver.Got.GroupBy(g => g.Id), g => Assert.Single(g.Select(m => Convert.ToBase64String(m.Body)).Distinct()));
        output.WriteLine($"{due.Count} messages, {before} of them before the kill; {got.Values.Count(n => n > 1)} came twice.");
        Assert.InRange(got.Values.Count(n => n > 1), 0, 40);
        Assert.True(before < due.Count, "The node was killed too late to show anything.");
    }

    private static async Task FillAsync(NpgsqlDataSource source, int children, bool second = false)
    {
        await using var store = new EventStore(source, NullLogger<EventStore>.Instance);
        var kind = second ? "later" : "first";
        foreach (var some in Enumerable.Range(0, children).Chunk(100))
        {
            await store.AppendAsync([.. some.Select(n => new Incoming("/cms", string.Create(CultureInfo.InvariantCulture, $"{kind}-{n}"), second
                ? new ChildProtectionPlanStarted { Child = $"k{n}", On = new(new DateOnly(2026, 2, 2)) }
                : new ChildRegistered { Child = $"k{n}", DateOfBirth = new(2020, 1, 1), On = new(new DateOnly(2026, 2, 2)) }).ToNewEvent(Start, "cms"))]);
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> ListAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
