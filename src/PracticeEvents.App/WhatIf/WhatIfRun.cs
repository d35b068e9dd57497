using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.WhatIf;

/// <summary>Replays a past period under the rules in use and under others, and compares what people would have been told. Nothing is written and nobody is told.</summary>
internal sealed class WhatIfRun(NpgsqlDataSource source, ReplayReader reader, RuleBook rules) : IDisposable
{
    // It takes every processor there is, and people wait for their alerts.
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Compares a candidate with the rules in use. Rules that say the same in both are left out.</summary>
    /// <param name="candidate">The rules to try.</param>
    /// <param name="period">The period.</param>
    /// <param name="progress">Told how far it has come, from 0 to 1.</param>
    /// <param name="ct">Stops it.</param>
    public Task<WhatIfJson> RunAsync(RuleBook candidate, WhatIfPeriod period, Action<double>? progress, CancellationToken ct) =>
        RunAsync(candidate, RuleDifferences.Between(rules, candidate), period, progress, ct);

    /// <summary>Replays the rules in use alone.</summary>
    /// <param name="period">The period.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Everything said in the period, child by child.</returns>
    public async Task<IReadOnlyList<Said>> ReplayAsync(WhatIfPeriod period, CancellationToken ct)
    {
        var all = new List<Said>();
        await EachAsync([rules], period, () => new List<Said>(), (its, replayed) => its.AddRange(replayed.Said?[0] ?? []), all.AddRange, null, ct);
        return all;
    }

    public void Dispose() => one.Dispose();

    private async Task<WhatIfJson> RunAsync(RuleBook candidate, IReadOnlySet<string> which, WhatIfPeriod period, Action<double>? progress, CancellationToken ct)
    {
        var tally = new WhatIfTally(rules.Calendar);
        if (which.Count == 0)
        {
            return tally.Answer(period, which);
        }

        await EachAsync([rules.Only(which), candidate.Only(which)], period, () => new WhatIfTally(rules.Calendar), (its, replayed) =>
        {
            if (replayed.Said is [var before, var after])
            {
                its.Add(replayed.LoadedEvents, Of(before), Of(after));
            }
            else
            {
                its.AddUnreadable();
            }
        }, tally.Add, progress, ct);
        return tally.Answer(period, which);

        // What another rule says that one of them follows is the same on both sides.
        IReadOnlyList<Said> Of(IReadOnlyList<Said> side) => side.All(s => which.Contains(s.Rule)) ? side : [.. side.Where(s => which.Contains(s.Rule))];
    }

    /// <summary>A child with what each book says; without it when the record cannot be read.</summary>
    private readonly record struct Replayed(int LoadedEvents, IReadOnlyList<Said>[]? Said);

    private async Task EachAsync<T>(
        RuleBook[] books, WhatIfPeriod period, Func<T> start, Action<T, Replayed> add, Action<T> finish, Action<double>? progress, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var around = await reader.SurroundingsAsync(books, period.AsReceived, ct);
            var acts = await reader.ActsAsync(ct);
            var stopped = (await Unmonitored.All().AskAsync(source, ct)).Keys.ToHashSet(StringComparer.Ordinal);
            var shares = await reader.SharesAsync(books, ct);
            var (done, gate) = (0, new Lock());
            await Parallel.ForEachAsync(shares, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct }, async (share, stop) =>
            {
                var its = start();
                await foreach (var (child, record, loaded) in reader.ChildrenAsync(share, books, period.AsReceived, stop))
                {
                    if (record is null || stopped.Contains(child))
                    {
                        add(its, new Replayed(loaded, null));
                        continue;
                    }

                    add(its, new Replayed(loaded, Said(child, record)));
                }

                lock (gate)
                {
                    finish(its);
                    progress?.Invoke(++done / (double)shares.Count);
                }
            });

            // A record that cannot be worked through is counted, and keeps nobody else's answer back.
            IReadOnlyList<Said>[]? Said(string child, IReadOnlyList<Arrival> record)
            {
                try
                {
                    var replay = new Replay(child, record, acts[child]);
                    return Array.ConvertAll(books, book => (IReadOnlyList<Said>)replay.Run(book, around, period.Begins, period.Ends));
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    return null;
                }
            }
        }
        finally
        {
            one.Release();
        }
    }
}
