using System.Diagnostics;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Many obligations come to a step in the same second: how long until every alert is durable, and how long senders wait meanwhile.
/// Beside it a loop that takes as many timers off a table and does nothing else.</summary>
internal sealed class TimerStorm : IRow
{
    private const int PerSecond = 50;

    public string Word => "storm";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        await Referrals.StoreAsync(database);
        await using var sender = await Sender.StartAsync(database);
        var due = await Referrals.BeforeAsync(database, sender.Address);
        var before = await database.FootprintAsync(sender.Service);
        using var stop = new CancellationTokenSource();
        var ingest = sender.StoriesAsync(PerSecond, stop.Token);
        var seconds = await Referrals.StrikeAsync(database, sender.Address, due);
        await stop.CancelAsync();
        var waits = await ingest;
        var profile = new Profile("Obligations due in one second", "alert", Knobs.Storm, seconds, await database.FootprintAsync(sender.Service) - before);
        return new(
            [
                new(
                    $"{Knobs.Storm:N0} obligations fall due in one second: every alert is durable after",
                    seconds,
                    "s",
                    new("taking the timers only", await ClaimAsync(database)),
                    Goal.AtMost(15)),
                new($"… senders at {PerSecond} a second meanwhile: 99 in 100 are answered within", waits.Within(0.99), "ms", null, Goal.AtMost(50)),
            ],
            profile);
    }

    private static async Task<double> ClaimAsync(Fresh database)
    {
        await FloorTables.MakeAsync(database);
        await database.ExecuteAsync(
            "insert into floor.timers (owner, key, due_at) select 'r' || n, 'referral-decision-1wd/1', $1 from generate_series(1, $2) n",
            Samples.Now.UtcDateTime,
            Knobs.Storm);
        var began = Stopwatch.GetTimestamp();
        while (await database.ExecuteAsync(
            "delete from floor.timers t using (select ctid from floor.timers where due_at <= $1 order by due_at limit 1000 for update skip locked) d "
            + "where t.ctid = d.ctid",
            Samples.Now.UtcDateTime) > 0)
        {
            continue;
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
