using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Store;
using Quartz;

namespace PracticeEvents.Benchmarks.Peers;

/// <summary>Durable one-shot timers that all fall due in one second: those of the store, taken in batches with a commit each, beside the triggers of Quartz.NET with its store
/// on the same cluster. Neither does anything when a timer fires.</summary>
internal sealed class QuartzTimers : IRow
{
    private static readonly int Count = Knobs.PeerTimers;

    public string Word => "quartz";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        var ours = await OursAsync(ground);
        var theirs = await TheirsAsync(ground);
        return new(
        [
            new($"{Count:N0} durable timers due in one second, fired", ours.PerSecond, "timers/s", new("Quartz.NET 4.7.3", theirs.PerSecond)),
            new("… lateness: 99 in 100 within", ours.Late.Within(0.99), "ms", new("Quartz.NET 4.7.3", theirs.Late.Within(0.99))),
        ]);
    }

    private static async Task<(double PerSecond, Latencies Late)> OursAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        var (late, began, fired) = (new Latencies(), Stopwatch.GetTimestamp(), 0);
        await database.ExecuteAsync(
            "insert into practice.timers (owner, key, due_at) select 'd' || n, 'quartz', $1 from generate_series(1, $2) n", Samples.Now.UtcDateTime, Count);
        for (began = Stopwatch.GetTimestamp(); fired < Count;)
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var due = await Timers.TakeDue([.. Enumerable.Range(0, Partitions.Count)], Samples.Now, 1000).AskAsync(connection);
            await transaction.CommitAsync();
            fired += due.Count;
            foreach (var _ in due)
            {
                late.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return (Count / Stopwatch.GetElapsedTime(began).TotalSeconds, late);
    }

    private static async Task<(double PerSecond, Latencies Late)> TheirsAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        var services = new ServiceCollection().AddLogging();
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(64);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(database.ConnectionString);
                store.ProvisionSchema();
            });
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();

        // The first start makes its tables; nothing is to fire while the triggers are being stored.
        await scheduler.Start();
        await scheduler.Standby();
        FiredAt.Clear();
        var due = TimeProvider.System.GetUtcNow().AddSeconds(5);
        foreach (var chunk in Enumerable.Range(0, Count).Chunk(1000))
        {
            var job = JobBuilder.Create<Fired>().WithIdentity($"fired-{chunk[0]}").Build();
            await scheduler.ScheduleJob(job, chunk.Select(n => TriggerBuilder.Create().WithIdentity($"t-{n}").ForJob(job).StartAt(due).Build()).ToList());
        }

        var began = TimeProvider.System.GetUtcNow() is var stored && stored > due ? stored : due;
        await scheduler.Start();
        while (FiredAt.Count < Count)
        {
            if (TimeProvider.System.GetUtcNow() - began > TimeSpan.FromMinutes(10))
            {
                throw new BenchException($"Quartz.NET fired {FiredAt.Count} of {Count} triggers in ten minutes.");
            }

            await Task.Delay(50);
        }

        var late = new Latencies();
        foreach (var at in FiredAt)
        {
            late.Add((at - began).TotalMilliseconds);
        }

        await scheduler.Shutdown(waitForJobsToComplete: true);
        return (Count / (FiredAt.Max() - began).TotalSeconds, late);
    }

    private static ConcurrentQueue<DateTimeOffset> FiredAt { get; } = new();

    /// <summary>Notes when it fires.</summary>
    internal sealed class Fired : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            FiredAt.Enqueue(TimeProvider.System.GetUtcNow());
            return ValueTask.CompletedTask;
        }
    }
}
