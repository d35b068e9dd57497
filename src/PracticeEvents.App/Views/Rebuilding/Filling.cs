using System.Collections.Concurrent;
using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Fills the tables of a recipe from every event: lanes take ranges of streams, each with one connection out of the log and one into the tables.</summary>
/// <param name="source">The database.</param>
/// <param name="store">The log.</param>
/// <param name="recipe">What is made of it.</param>
/// <param name="gently">True to leave half of the processors to those who work meanwhile, and to rest for as long as it has worked, again and again.</param>
internal sealed class Filling(NpgsqlDataSource source, EventStore store, IRecipe recipe, bool gently)
{
    // More ranges than lanes, so that the lanes end together.
    private const int RangesForLane = 8;
    private const int RowsAtOnce = 20_000;

    private readonly ConcurrentBag<string> stopped = [];

    /// <summary>Streams whose events cannot be worked through: they have no rows yet.</summary>
    public IReadOnlyCollection<string> Stopped => stopped;

    /// <summary>Fills the tables.</summary>
    /// <param name="progress">Told how far it has come, from 0 to 1.</param>
    /// <param name="ct">Stops it.</param>
    public async Task RunAsync(Action<double>? progress, CancellationToken ct)
    {
        var lanes = Stretches.Lanes(gently);
        var all = await store.RangesAsync(recipe.Events.Prefix, lanes * RangesForLane, ct);
        var (ranges, done) = (new ConcurrentQueue<StreamRange>(all), 0);
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => Task.Run(
            async () =>
            {
                try
                {
                    await LaneAsync(ranges, () => progress?.Invoke((double)Interlocked.Increment(ref done) / all.Count), failing.Token);
                }
                catch
                {
                    await failing.CancelAsync();
                    throw;
                }
            }, failing.Token)));
    }

    private async Task LaneAsync(ConcurrentQueue<StreamRange> ranges, Action done, CancellationToken ct)
    {
        await using var session = await OwnSession.OpenAsync(source, ct);

        // What is lost with a crash is dropped anyway; the swap waits for the disk, and with it everything before.
        await ShadowTables.RunAsync(session.Connection, "set synchronous_commit to off", ct);
        var (copies, rows) = (recipe.Tables.Select(t => t.CopyInto(ShadowTables.Next)).ToList(), recipe.Tables.Select(_ => new List<object?[]>()).ToList());
        var stretches = new Stretches(gently);
        while (ranges.TryDequeue(out var range))
        {
            await foreach (var stream in store.ExportAsync(recipe.Events, range, ct))
            {
                Add(stream, rows);
                await stretches.RestAsync(ct);
                for (var i = 0; i < rows.Count; i++)
                {
                    if (rows[i].Count >= RowsAtOnce)
                    {
                        await WriteAsync(i);
                    }
                }
            }

            done();
        }

        for (var i = 0; i < rows.Count; i++)
        {
            await WriteAsync(i);
        }

        async Task WriteAsync(int table)
        {
            await copies[table].WriteAsync(session.Connection, rows[table], ct);
            rows[table].Clear();
        }
    }

    private void Add(IReadOnlyList<StoredEvent> stream, List<List<object?[]>> rows)
    {
        try
        {
            var made = recipe.Rows(stream).Select(r => r.ToList()).ToList();
            for (var i = 0; i < rows.Count; i++)
            {
                rows[i].AddRange(made[i]);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Catching up tries it once more, and says why it cannot be done.
            stopped.Add(stream[0].Stream);
        }
    }
}
