using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.App.Views.Rebuilding;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process.Proving;

/// <summary>Something live that is not as the events have it.</summary>
/// <param name="What"><c>timer</c>, <c>alert</c>, <c>mid_point</c> or the name of a table.</param>
/// <param name="Child">Child reference; nothing where the row is not about one.</param>
/// <param name="Says">What is wrong, a sentence without names of people.</param>
internal sealed record ProofFinding(string What, string? Child, string Says);

/// <summary>What a proof came to.</summary>
/// <param name="Children">How many children were worked out anew.</param>
/// <param name="Stopped">How many of them cannot be, or are not watched: their duties read "cannot tell" and are not part of the proof.</param>
/// <param name="Behind">How many of them the service had not caught up with at the last look: their timers and alerts are not part of the proof.</param>
/// <param name="Findings">Every difference, up to <see cref="Proof.Most"/> of each kind.</param>
internal sealed record Proved(int Children, int Stopped, int Behind, IReadOnlyList<ProofFinding> Findings);

/// <summary>Works everything out anew from the events and compares it with what is live: obligations and every other view, timers, alerts, mid-points.
/// What is only behind is not a finding: a difference counts when it is still there after everything recorded by then has been worked through. Whoever is
/// behind at every look is counted and not compared; how far the service is behind stands on the status page.</summary>
internal sealed class Proof(
    NpgsqlDataSource source, EventStore store, Rebuild rebuild, ViewTables views, TimersOfChildren timers, AlertTable alerts, StructureReader structures,
    RuleBook rules, TimeProvider time)
{
    /// <summary>The most findings of one kind that are named.</summary>
    public const int Most = 100;

    private const int Looks = 3;
    private const int ChildrenAtOnce = 250;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>Finds every difference.</summary>
    /// <param name="report">Told how far it has come.</param>
    /// <param name="ct">Stops it; nothing is changed in any case.</param>
    /// <exception cref="Hosting.SettingsException">A rebuild is at work.</exception>
    public async Task<Proved> RunAsync(RebuildReport? report, CancellationToken ct)
    {
        report?.Invoke(null, "duties and views");
        var tables = await rebuild.ViewsAsync(views.All, swap: false, report, ct, Most);
        report?.Invoke(null, "alerts");
        var folded = await rebuild.AlertsAsync(swap: false, report, ct, Most);
        report?.Invoke(null, "timers and decisions");
        var (children, suspects, behind) = await SuspectsAsync(ct);
        for (var look = 1; look < Looks && suspects.Count + behind.Count > 0; look++)
        {
            await Task.Delay(BetweenLooks, ct);
            (suspects, behind) = await LookAgainAsync([.. suspects.Select(s => s.Child).OfType<string>().Concat(behind).Distinct(StringComparer.Ordinal)], ct);
        }

        var stopped = Math.Max(tables.Stopped, (await Unmonitored.All().AskAsync(source, ct))!.Count);
        var rows = tables.Tables.Concat(folded.Tables).SelectMany(Rows);
        return new Proved(children, stopped, behind.Count, [.. rows, .. suspects.GroupBy(s => s.What).SelectMany(g => g.Take(Most))]);
    }

    private async Task<(int Children, List<ProofFinding> Suspects, List<string> Behind)> SuspectsAsync(CancellationToken ct)
    {
        var structure = await structures.ReadAsync(ct: ct);
        var (suspects, behind, children) = (new ConcurrentBag<ProofFinding>(), new ConcurrentBag<string>(), 0);
        var gently = await rebuild.IsAnybodyAtWorkAsync(ct);
        var lanes = Stretches.Lanes(gently);
        var ranges = await store.RangesAsync(ChildPicture.StreamPrefix, lanes * 16, ct);
        await Parallel.ForEachAsync(ranges, new ParallelOptions { MaxDegreeOfParallelism = lanes, CancellationToken = ct }, async (range, stop) =>
        {
            var (pictures, stretches) = (new List<ChildPicture>(), new Stretches(gently));
            await foreach (var stream in store.ExportAsync(new Selection(ChildPicture.StreamPrefix), range, stop))
            {
                Interlocked.Increment(ref children);
                if (TryPicture(stream) is { } picture)
                {
                    pictures.Add(picture);
                }

                if (pictures.Count == ChildrenAtOnce)
                {
                    await CompareRangeAsync(pictures, stop);
                }

                await stretches.RestAsync(stop);
            }

            await CompareRangeAsync(pictures, stop);
            await stretches.RestAsync(stop);
        });
        return (children, [.. suspects.OrderBy(s => s.What, StringComparer.Ordinal).ThenBy(s => s.Child, StringComparer.Ordinal)], [.. behind]);

        async Task CompareRangeAsync(List<ChildPicture> pictures, CancellationToken stop)
        {
            var (found, late) = await CompareAsync(pictures, structure, stop);
            found.ForEach(suspects.Add);
            late.ForEach(behind.Add);
            pictures.Clear();
        }
    }

    private async Task<(List<ProofFinding> Suspects, List<string> Behind)> LookAgainAsync(IReadOnlyList<string> children, CancellationToken ct)
    {
        var structure = await structures.ReadAsync(ct: ct);
        var streams = await store.ReadStreamsAsync([.. children.Select(ChildPicture.StreamOf)], ct: ct);
        return await CompareAsync([.. streams.Values.Select(s => TryPicture(s)).OfType<ChildPicture>()], structure, ct);
    }

    private async Task<(List<ProofFinding> Suspects, List<string> Behind)> CompareAsync(List<ChildPicture> pictures, Structure structure, CancellationToken ct)
    {
        var unwatched = await Unmonitored.All().AskAsync(source, ct);
        pictures = pictures.FindAll(p => !unwatched!.ContainsKey(p.Child));
        var names = pictures.ConvertAll(p => p.Child);

        // Asked before what is live is read: whoever was worked through by then is still.
        var behind = await timers.BehindAsync(pictures, time.GetUtcNow(), ct);
        var armed = await timers.OfAsync(names, ct);
        var told = (await alerts.ListAsync(null, names, null, ct)).ToLookup(a => a.Child, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var late = pictures.Select(p => p.Child).Where(c => behind.Contains(c) || armed[c].Any(t => t.DueAt <= now)).ToHashSet(StringComparer.Ordinal);
        return ([.. pictures.Where(p => !late.Contains(p.Child)).SelectMany(p => Compare(p, [.. told[p.Child]], armed[p.Child], structure, now))], [.. late]);
    }

    private static List<ProofFinding> Compare(ChildPicture child, IReadOnlyCollection<AlertState> told, IEnumerable<DueTimer> armed, Structure structure, DateTimeOffset now)
    {
        try
        {
            var wanted = Decisions.Of(child, told, structure, now, load: null);
            return [.. Timers(child, armed, wanted.Wakes, now), .. Undecided(child, wanted.Alerts, now)];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One child never takes the proof of all others away.
            return [new("alert", child.Child, $"What is to be said cannot be decided: {e.Message}")];
        }
    }

    private static IEnumerable<ProofFinding> Timers(ChildPicture child, IEnumerable<DueTimer> armed, IEnumerable<DueTimer> wakes, DateTimeOffset now)
    {
        var live = armed.Where(t => t.DueAt > now).ToDictionary(t => t.Key, t => t.DueAt, StringComparer.Ordinal);
        var wanted = wakes.ToDictionary(t => t.Key, t => t.DueAt, StringComparer.Ordinal);
        foreach (var (key, at) in wanted.Where(w => !live.TryGetValue(w.Key, out var set) || set != w.Value))
        {
            yield return new("timer", child.Child, live.TryGetValue(key, out var set)
                ? $"The timer of {key} is set for {Moment(set)} in place of {Moment(at)}: the next step would come at the wrong time."
                : $"The timer of {key} for {Moment(at)} is missing: the next step would not come.");
        }

        foreach (var (key, at) in live.Where(l => !wanted.ContainsKey(l.Key)))
        {
            yield return new("timer", child.Child, $"There is a timer of {key} for {Moment(at)} and no duty that wants it.");
        }
    }

    private static IEnumerable<ProofFinding> Undecided(ChildPicture child, IEnumerable<AlertEvent> decisions, DateTimeOffset now)
    {
        foreach (var decision in decisions)
        {
            yield return new("alert", child.Child, decision switch
            {
                AlertRaised raised => $"An alert is missing: {raised.Rule}, {EventName.Word(raised.Stage)}, to {raised.To}, due {raised.Due}.",
                AlertReminded => $"The reminder of the alert {decision.Alert} did not come.",
                AlertStageReached reached => $"The alert {reached.Alert} does not say that its duty is {EventName.Word(reached.Stage)}, due {reached.Due}.",
                _ => $"The alert {decision.Alert} is still live, and nothing asks for it.",
            });
        }

        foreach (var half in MidPoints.Due(child, now))
        {
            yield return new("mid_point", child.Child, $"The mid-point of {half.Due:yyyy-MM-dd} is not in the child's record.");
        }
    }

    private static IEnumerable<ProofFinding> Rows(ViewDifference table) =>
        table.Examples.Select(row => new ProofFinding(table.Name, row.Key.GetValueOrDefault("child"), Sentence(table.Name, row)))
            .Concat(table.RowsAdded + table.RowsGone + table.RowsChanged > table.Examples.Count
                ? [new ProofFinding(
                    table.Name, null,
                    $"{table.RowsAdded} rows are missing from {table.Name}, {table.RowsGone} ought not to be there "
                    + $"and {table.RowsChanged} are wrong; those above are the first.")]
                : []);

    private static string Sentence(string table, RowDifference row)
    {
        var key = string.Join(", ", row.Key.Select(k => $"{k.Key} {k.Value}"));
        return row.Kind switch
        {
            "added" => $"A row of {table} is missing: {key}.",
            "gone" => $"A row of {table} ought not to be there: {key}.",
            _ => $"A row of {table} is wrong: {key}; {string.Join("; ", row.Columns.Select(c => $"{c.Name} is {c.Before ?? "empty"} and ought to be {c.After ?? "empty"}"))}.",
        };
    }

    // A record that cannot be worked through is shown as not watched; there is nothing to compare it with.
    private ChildPicture? TryPicture(IReadOnlyList<StoredEvent> stream)
    {
        try
        {
            return ChildPicture.Of(stream[0].Stream[ChildPicture.StreamPrefix.Length..], stream, rules);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    private static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
