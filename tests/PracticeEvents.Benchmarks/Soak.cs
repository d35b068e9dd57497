using System.Diagnostics;
using System.Globalization;
using PracticeEvents.Benchmarks.Rows;

namespace PracticeEvents.Benchmarks;

/// <summary>Sends events for a long time while the service and its database are restarted, and counts what is there at the end.</summary>
internal static class Soak
{
    private static long next;

    public static async Task<int> RunAsync()
    {
        var length = TimeSpan.FromMinutes(int.Parse(Environment.GetEnvironmentVariable("SOAK_MINUTES") is { Length: > 0 } said ? said : "10", CultureInfo.InvariantCulture));
        await using var house = await House.StartAsync();
        var (began, rounds) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            var round = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(round) < TimeSpan.FromSeconds(30))
            {
                await SendAsync(house);
            }

            await house.RestartAsync();
            await house.SettleAsync();
            rounds++;
            Console.Error.WriteLine($"{rounds} restarts, {await CountAsync(house, "select count(*) from public.mt_events")} events, {Environment.WorkingSet / (1 << 20)} MiB");
        }

        var lost = await CountAsync(house, "select count(*) from practice.event_keys k where not exists (select from public.mt_events e where e.seq_id = k.seq_id)");
        var twice = await CountAsync(house, "select count(*) from (select from public.mt_events group by headers ->> 'source', headers ->> 'id' having count(*) > 1) t");
        var raised = await CountAsync(house, "select count(*) from (select from public.mt_events where type = 'alert_raised' group by stream_id having count(*) > 1) t");
        Console.WriteLine($"{lost} events lost, {twice} stored twice, {raised} alerts raised twice");
        return lost + twice + raised == 0 ? 0 : 1;
    }

    // 4,000 events of 400 children, and then waits until all is worked through.
    private static async Task SendAsync(House house)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"s{next++}.");
        foreach (var batch in Enumerable.Range(0, 4000).Chunk(1000))
        {
            await house.Store.AppendAsync([.. batch.Select(n => Samples.Of(Samples.Story(n, 400, prefix)))]);
        }

        await house.SettleAsync();
    }

    private static async Task<long> CountAsync(House house, string sql)
    {
        await using var command = house.Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
