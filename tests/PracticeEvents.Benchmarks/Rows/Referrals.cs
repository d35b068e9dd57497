using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.App.Process;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Many children who were referred on one morning, so that their duties all come to a step in the same second.</summary>
internal static class Referrals
{
    /// <summary>Stores the referrals, and a team with its manager who is told.</summary>
    public static async Task StoreAsync(Fresh database)
    {
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        await store.AppendAsync([.. Samples.Structure(), .. Samples.OneOfEach()]);
        foreach (var children in Enumerable.Range(0, Knobs.Storm).Chunk(1000))
        {
            await store.AppendAsync([.. children.Select(n => Samples.Of(
                new ReferralReceived { Child = string.Create(CultureInfo.InvariantCulture, $"r{n}"), On = new(Samples.Today), Ref = "r1" }))]);
        }
    }

    /// <summary>Waits until the service has worked them through, and moves its clock to a second before their step.</summary>
    /// <returns>The step.</returns>
    public static async Task<DateTimeOffset> BeforeAsync(Fresh database, Uri address)
    {
        while (await TimescaleProcess.PositionAsync(database.Source, default) < await database.ScalarAsync<long>("select max(seq_id) from public.mt_events")
            || await database.ScalarAsync<bool>("select exists (select from practice.timers where due_at <= $1)", Samples.Now))
        {
            await Task.Delay(50);
        }

        var due = new DateTimeOffset(await database.ScalarAsync<DateTime>(
            "select due_at from practice.timers group by due_at having count(*) >= $1 order by due_at limit 1",
            Knobs.Storm));
        await MoveAsync(address, due.AddSeconds(-1));
        return due;
    }

    /// <summary>Moves the clock to the step, and waits until every alert is durable.</summary>
    /// <returns>Seconds.</returns>
    public static async Task<double> StrikeAsync(Fresh database, Uri address, DateTimeOffset due)
    {
        var began = Stopwatch.GetTimestamp();
        var moving = MoveAsync(address, due);
        while (await RaisedAsync(database) is var raised && raised < Knobs.Storm)
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(10))
            {
                throw new BenchException($"Of {Knobs.Storm} alerts only {raised} were raised in ten minutes.");
            }

            await Task.Delay(50);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await moving;
        return seconds;
    }

    // Timers go and alerts come in one commit: while any is due, alerts need not be counted.
    private static async Task<long> RaisedAsync(Fresh database) => await database.ScalarAsync<long>("""
        select case when (select count(*) from (select from practice.timers where due_at <= (select now from practice.rehearsal) limit 1) due) > 0 then 0
                    else (select count(distinct e.data ->> 'child') from public.mt_events e where e.type = 'alert_raised' and e.data ->> 'child' like 'r%') end
        """);

    private static async Task MoveAsync(Uri address, DateTimeOffset to)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var answer = await client.PostAsJsonAsync(new Uri(address, "/rehearsal/clock"), new { now = to.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) });
        answer.EnsureSuccessStatusCode();
    }
}
