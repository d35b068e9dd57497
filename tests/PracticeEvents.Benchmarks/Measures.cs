using System.Diagnostics;
using System.Globalization;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Channels;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Benchmarks;

/// <summary>What is measured. Each gives one figure; the figures of a run are new events every time.</summary>
internal static class Measures
{
    private static int next;

    /// <summary>Single-row commits a second of the same server under as many connections: what the disk allows.</summary>
    public static async Task<double> FloorAsync(House house)
    {
        await ExecuteAsync(house, "create table if not exists public.floor (id bigserial primary key, body jsonb)");
        return await RateAsync(16, async () => await ExecuteAsync(house, """insert into public.floor (body) values ('{"child":"c1","on":"2026-03-02","seen":true,"purpose":"child_protection"}')"""));
    }

    /// <summary>Events a second, appended one at a time by 16 writers.</summary>
    public static Task<double> SingleAsync(House house) => RateAsync(16, async () => await house.Store.AppendAsync([Supervision()], default));

    /// <summary>Events a second, appended by a thousand at a time.</summary>
    public static async Task<double> BatchAsync(House house) =>
        1000 * await RateAsync(2, async () => await house.Store.AppendAsync([.. Enumerable.Range(0, 1000).Select(_ => Supervision())], default));

    /// <summary>Events a second through views, timers and alerts: 4,000 events of 400 children.</summary>
    public static async Task<double> ProcessAsync(House house)
    {
        await house.SettleAsync();
        var run = Interlocked.Increment(ref next);
        var events = Enumerable.Range(0, 4000).Select(n => House.Event(Story(run, n), Id())).ToList();
        var began = Stopwatch.GetTimestamp();
        foreach (var batch in events.Chunk(1000))
        {
            await house.Store.AppendAsync(batch, default);
        }

        await house.SettleAsync();
        return events.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Children a second when every child is worked out anew.</summary>
    public static async Task<double> RebuildAsync(House house)
    {
        await house.SettleAsync();
        var began = Stopwatch.GetTimestamp();
        await using (var connection = await house.Source.OpenConnectionAsync())
        {
            await Everyone.ScheduleAsync(connection, House.Now, default);
        }

        await house.SettleAsync();
        await using var count = house.Source.CreateCommand("select count(*) from public.mt_streams where id like 'child-%'");
        return (long)(await count.ExecuteScalarAsync())! / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Milliseconds from the sending of an event to its alert on the live stream, at 200 events a second for ten seconds: half, and 99 in 100, are faster.</summary>
    public static async Task<(double P50, double P99)> LatencyAsync(House house)
    {
        const int count = 2000;
        await house.SettleAsync();
        var (sent, heard) = (new Dictionary<string, long>(), new List<double>());
        var after = await house.Get<AlertFeed>().HeadAsync(default);
        using var done = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var listening = Task.Run(async () =>
        {
            await foreach (var entry in house.Get<AlertStream>().FollowAsync(after, done.Token))
            {
                lock (sent)
                {
                    if (sent.Remove(entry.Child, out var at))
                    {
                        heard.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                    }
                }

                if (heard.Count == count)
                {
                    return;
                }
            }
        });

        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var appends = new List<Task>();
        for (var n = 0; n < count && await pace.WaitForNextTickAsync(); n++)
        {
            var child = Id();
            lock (sent)
            {
                sent[child] = Stopwatch.GetTimestamp();
            }

            appends.Add(house.Store.AppendAsync([House.Event(new LegalGatewayHeld { Child = child, On = new(new(2026, 3, 2)), Ref = "g1", Decision = GatewayDecision.Issue }, Id())], default));
        }

        await Task.WhenAll(appends);
        await listening;
        heard.Sort();
        return (heard[count / 2], heard[count * 99 / 100]);
    }

    private static async Task<double> RateAsync(int writers, Func<Task> once)
    {
        var (began, done) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3))
            {
                await once();
                Interlocked.Increment(ref done);
            }
        })));
        return done / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // Not about a child, so that what was appended to measure appending is not worked through for minutes afterwards.
    private static PracticeEvents.Store.NewEvent Supervision()
    {
        var n = Interlocked.Increment(ref next);
        return House.Event(new SupervisionHeld { Worker = $"v{n % 500}", On = new(new DateOnly(2026, 2, 1).AddDays(n % 25)) }, Id());
    }

    private static PracticeEvent Story(int run, int n)
    {
        var (child, on) = ($"s{run}.{n / 10}", new Happened(new DateOnly(2025, 11, 3).AddDays(n % 10 * 9)));
        return (n % 10) switch
        {
            0 => new CaseAllocated { Child = child, On = on, Worker = $"w{n % 40}", Role = CaseRole.SocialWorker },
            1 => new ReferralReceived { Child = child, On = on, Ref = "r1" },
            2 => new StrategyDiscussionHeld { Child = child, On = on, Ref = "s1" },
            3 => new InitialConferenceHeld { Child = child, On = on, Outcome = ConferenceOutcome.Plan },
            5 or 8 => new CoreGroupHeld { Child = child, On = on },
            _ => new VisitRecorded { Child = child, On = on, Purpose = VisitPurpose.ChildProtection, Seen = true },
        };
    }

    private static string Id() => string.Create(CultureInfo.InvariantCulture, $"b{Interlocked.Increment(ref next)}");

    private static async Task ExecuteAsync(House house, string sql)
    {
        await using var command = house.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
