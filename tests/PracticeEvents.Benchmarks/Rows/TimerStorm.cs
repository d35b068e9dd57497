using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.App.Process;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Many children were referred on one morning, so that their duties all come to a step in the same second: how long until every alert is durable, and how long
/// senders wait meanwhile. Beside it a loop that takes as many timers off a table and does nothing else.</summary>
internal sealed class TimerStorm : IRow
{
    private const int PerSecond = 50;

    public string Word => "storm";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        await using (var store = new EventStore(database.Source, NullLogger<EventStore>.Instance))
        {
            await store.AppendAsync([.. Samples.Structure(), .. Samples.OneOfEach()]);
            foreach (var children in Enumerable.Range(0, Knobs.Storm).Chunk(1000))
            {
                await store.AppendAsync([.. children.Select(n => Samples.Of(
                    new ReferralReceived { Child = string.Create(CultureInfo.InvariantCulture, $"r{n}"), On = new(Samples.Today), Ref = "r1" }))]);
            }
        }

        await using var sender = await Sender.StartAsync(database);
        await SettledAsync(database);
        var due = await DueAsync(database);
        await MoveAsync(sender, due.AddSeconds(-1));

        var before = await database.FootprintAsync(sender.Service);
        var (seconds, waits) = await StrikeAsync(database, sender, due);
        var profile = new Profile("Obligations due in one second", "alert", Knobs.Storm, seconds, await database.FootprintAsync(sender.Service) - before);
        return new(
            [
                new($"{Knobs.Storm:N0} obligations fall due in one second: every alert is durable after", seconds, "s", new("taking the timers only", await ClaimAsync(database)), Goal.AtMost(15)),
                new($"… senders at {PerSecond} a second meanwhile: 99 in 100 are answered within", waits.Within(0.99), "ms", null, Goal.AtMost(50)),
            ],
            profile);
    }

    private static async Task<(double Seconds, Latencies Waits)> StrikeAsync(Fresh database, Sender sender, DateTimeOffset due)
    {
        using var stop = new CancellationTokenSource();
        var next = 0L;
        var ingest = Load.SteadyAsync(sender.Address, PerSecond, 8, () => Requests.Signed(sender.Address, sender.Secret, Samples.Story(Interlocked.Increment(ref next), 500, Samples.Today)), 202, stop.Token);
        var began = Stopwatch.GetTimestamp();
        var moving = MoveAsync(sender, due);
        while (await RaisedAsync(database) is var raised && raised < Knobs.Storm)
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(10))
            {
                throw new BenchException($"Of {Knobs.Storm} alerts only {raised} were raised in ten minutes.");
            }

            await Task.Delay(50);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        var waits = await ingest;
        await moving;
        return (seconds, waits);
    }

    // Timers go and alerts come in one commit: while any is due, alerts need not be counted.
    private static async Task<long> RaisedAsync(Fresh database) => await database.ScalarAsync<long>("""
        select case when (select count(*) from (select from practice.timers where due_at <= (select now from practice.rehearsal) limit 1) due) > 0 then 0
                    else (select count(distinct e.data ->> 'child') from public.mt_events e where e.type = 'alert_raised' and e.data ->> 'child' like 'r%') end
        """);

    private static async Task SettledAsync(Fresh database)
    {
        while (await TimescaleProcess.PositionAsync(database.Source, default) < await database.ScalarAsync<long>("select max(seq_id) from public.mt_events")
            || await database.ScalarAsync<bool>("select exists (select from practice.timers where due_at <= $1)", Samples.Now))
        {
            await Task.Delay(50);
        }
    }

    private static async Task<DateTimeOffset> DueAsync(Fresh database)
    {
        var due = new DateTimeOffset(await database.ScalarAsync<DateTime>("select due_at from practice.timers group by due_at having count(*) >= $1 order by due_at limit 1", Knobs.Storm));
        return due;
    }

    private static async Task MoveAsync(Sender sender, DateTimeOffset to)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var answer = await client.PostAsJsonAsync(new Uri(sender.Address, "/rehearsal/clock"), new { now = to.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<double> ClaimAsync(Fresh database)
    {
        await FloorTables.MakeAsync(database);
        await database.ExecuteAsync("insert into floor.timers (owner, key, due_at) select 'r' || n, 'referral-decision-1wd/1', $1 from generate_series(1, $2) n", Samples.Now.UtcDateTime, Knobs.Storm);
        var began = Stopwatch.GetTimestamp();
        while (await database.ExecuteAsync(
            "delete from floor.timers t using (select ctid from floor.timers where due_at <= $1 order by due_at limit 1000 for update skip locked) d where t.ctid = d.ctid", Samples.Now.UtcDateTime) > 0)
        {
            continue;
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
