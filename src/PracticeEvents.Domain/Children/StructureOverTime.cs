using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Children;

/// <summary>An instant at which what is known of teams and workers changed, or on which somebody went away or came back.</summary>
/// <param name="At">UTC instant.</param>
/// <param name="Workers">The workers whom alone it can concern; nothing when it may concern anybody.</param>
public readonly record struct StructureChange(DateTimeOffset At, IReadOnlyList<string>? Workers);

/// <summary>The authority's teams and workers as they were known from one instant to the next.</summary>
public sealed class StructureOverTime
{
    private readonly Fact[] facts;
    private readonly DateTimeOffset[] received;
    private readonly StructureChange[] changes;
    private readonly ILookup<string, string> coveredBy;
    private readonly Structure[] known;

    /// <summary>Structure events, in any order: each counts from when it was received.</summary>
    public StructureOverTime(IEnumerable<Fact> structure)
    {
        facts = [.. structure.OrderBy(f => f.ReceivedAt).ThenBy(f => f.Position)];
        received = [.. facts.Select(f => f.ReceivedAt).Distinct()];
        coveredBy = facts.Select(f => f.Event).OfType<AbsenceRecorded>().Where(a => a.Cover is not null).Select(a => (Cover: a.Cover!, a.Worker)).Distinct()
            .ToLookup(a => a.Cover, a => a.Worker, StringComparer.Ordinal);
        changes = [.. Told().Concat(Days()).OrderBy(c => c.At)];

        known = [.. Known()];
    }

    /// <summary>The structure as known at an instant.</summary>
    public Structure At(DateTimeOffset instant)
    {
        var place = Array.BinarySearch(received, instant);
        return known[place < 0 ? ~place : place + 1];
    }

    /// <summary>The changes after an instant, in order.</summary>
    public ReadOnlySpan<StructureChange> ChangesAfter(DateTimeOffset instant)
    {
        var (low, high) = (0, changes.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = changes[middle].At <= instant ? (middle + 1, high) : (low, middle);
        }

        return changes.AsSpan(low);
    }

    /// <summary>True when a change can bear on who is told of a child: it is about somebody who may be told, or about cover of theirs, or cover of that.</summary>
    /// <param name="change">The change.</param>
    /// <param name="isTold">True for a worker who may be told.</param>
    public bool Concerns(StructureChange change, Func<string, bool> isTold)
    {
        if (change.Workers is null)
        {
            return true;
        }

        foreach (var worker in change.Workers)
        {
            if (isTold(worker) || (coveredBy.Contains(worker) && Above(worker).Any(isTold)))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> Above(string cover)
    {
        var above = new HashSet<string>(coveredBy[cover], StringComparer.Ordinal);
        for (var waiting = new Queue<string>(above); waiting.TryDequeue(out var next);)
        {
            foreach (var further in coveredBy[next].Where(above.Add))
            {
                waiting.Enqueue(further);
            }
        }

        return above;
    }

    // The first is what was known before anything was. Nearly all that changes are absences: what is known of everybody else is shared from one instant to the next.
    private IEnumerable<Structure> Known()
    {
        var last = new Structure([]);
        yield return last;
        var (soFar, ofWorker) = (new List<Fact>(), new Dictionary<string, List<Fact>>(StringComparer.Ordinal));
        foreach (var news in facts.GroupBy(f => f.ReceivedAt))
        {
            soFar.AddRange(news);
            var workers = new List<string>();
            foreach (var fact in news)
            {
                if (fact.Event switch
                {
                    AbsenceRecorded a => a.Worker,
                    AbsenceCancelled c => c.Worker,
                    WorkerLeft l => l.Worker,
                    WorkerRegistered r => r.Worker,
                    _ => null,
                } is { } worker)
                {
                    if (!ofWorker.TryGetValue(worker, out var its))
                    {
                        ofWorker[worker] = its = [];
                    }

                    its.Add(fact);
                    workers.Add(worker);
                }
            }

            last = news.All(f => f.Event is AbsenceRecorded or AbsenceCancelled)
                ? new Structure(last, last.Absences.With(workers.Distinct().SelectMany(w => ofWorker[w]), workers.Distinct()))
                : new Structure(soFar);
            yield return last;
        }
    }

    // A team or a post may concern anybody; an absence, or leaving, those who are with the worker.
    private IEnumerable<StructureChange> Told() => facts.GroupBy(f => f.ReceivedAt).Select(g =>
    {
        var workers = g.Select(f => f.Event switch { AbsenceRecorded a => a.Worker, AbsenceCancelled c => c.Worker, WorkerLeft l => l.Worker, _ => null }).Distinct().ToList();
        return new StructureChange(g.Key, workers.Contains(null) ? null : [.. workers.OfType<string>()]);
    });

    // What is known stays, and who is in changes with the day: with each day that was ever said to be the first or the last of an absence.
    private IEnumerable<StructureChange> Days() => facts.Select(f => f.Event).OfType<AbsenceRecorded>()
        .SelectMany(a => (IEnumerable<(DateOnly Day, string Worker)>)[(a.From, a.Worker), (a.To < DateOnly.MaxValue ? a.To.AddDays(1) : a.To, a.Worker)])
        .GroupBy(d => d.Day, d => d.Worker).Where(g => g.Key < DateOnly.MaxValue)
        .Select(g => new StructureChange(London.StartOf(g.Key).ToUniversalTime(), [.. g.Distinct()]));
}
