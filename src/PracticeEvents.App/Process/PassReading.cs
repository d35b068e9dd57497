using System.Collections.Concurrent;
using Npgsql;
using PracticeEvents.App.Children;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>A child who is looked at in a pass.</summary>
/// <param name="Child">Child reference.</param>
/// <param name="IsNew">True when there may be news in the views: something new is recorded, or the child is to be worked out anew.</param>
/// <param name="Due">The child's own timers that were due.</param>
/// <param name="Load">The load of history that the news belongs to; nothing when people are to be told at once.</param>
/// <param name="Picture">What is known of the child; nothing when the record cannot be worked through.</param>
/// <param name="Stopped">Why the record cannot be worked through.</param>
/// <param name="Version">Version of the last event in the child's stream.</param>
internal sealed record PassChild(
    string Child, bool IsNew, IReadOnlyList<DueTimer> Due, string? Load, ChildPicture? Picture, Unmonitored? Stopped, long Version);

/// <summary>What a pass has to write.</summary>
internal sealed record PassWork(IReadOnlyList<PassChild> Children, Structure Structure)
{
    /// <summary>The children whose record can be worked through.</summary>
    public IEnumerable<PassChild> Watched => Children.Where(c => c.Picture is not null);
}

/// <summary>Finds the children whom a pass is about and works each out, on all processors.</summary>
internal sealed class PassReading(
    NpgsqlDataSource source, EventStore store, StructureReader structures, Histories histories, RuleBook rules, ILogger<PassReading> log)
{
    /// <summary>The children of a cohort with new events or due timers, worked out from everything up to a position.</summary>
    public async Task<PassWork> ReadAsync(
        Cohort cohort, long position, List<StoredEvent> events, IReadOnlyList<DueTimer> due, DateTimeOffset now, CancellationToken ct)
    {
        // In this order: whatever changes the structure after it was read arms timers that are not among those taken.
        var structure = await structures.ReadAsync(ct: ct);
        var partitions = cohort.Shares.Select(s => s.Partition).ToHashSet();
        var news = events.Where(e => e.Stream.StartsWith(ChildPicture.StreamPrefix, StringComparison.Ordinal))
            .GroupBy(e => e.Stream[ChildPicture.StreamPrefix.Length..], StringComparer.Ordinal)
            .Where(g => partitions.Contains(Partitions.Of(g.Key)))
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var timers = due.ToLookup(t => t.Owner, StringComparer.Ordinal);
        var children = news.Keys.Union(timers.Select(t => t.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var loads = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var child in children)
        {
            Loads.Note(loads, child, news.GetValueOrDefault(child), timers[child]);
        }

        var recorded = await RecordedAsync(children, news, position, ct);
        await Loads.AddUnfinishedAsync(source, loads, recorded.Where(r => r.Value.Last is not null).Select(r => (r.Key, r.Value.Last!)), now, ct);
        var found = new PassChild[children.Count];
        Parallel.For(0, children.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct }, n =>
        {
            var child = children[n];
            var its = timers[child].ToList();
            var (facts, error, last, version) = recorded[child];
            var isNew = news.ContainsKey(child) || its.Exists(t => t.Key[0] == '~');
            found[n] = new PassChild(child, isNew, [.. its.Where(t => t.Key[0] != '~')], loads.GetValueOrDefault(child), null, null, version) is var empty && error is null
                ? WorkOut(empty, facts!, now) : empty with { Stopped = Stop(child, error!, now) };
        });
        return new PassWork(found, structure);
    }

    /// <summary>Remembers what was committed.</summary>
    public void Committed(PassWork work)
    {
        foreach (var child in work.Children)
        {
            if (child.Picture is { } picture)
            {
                histories.Keep(child.Child, picture.Recorded, child.Version);
            }
            else
            {
                histories.Drop(child.Child);
            }
        }
    }

    private PassChild WorkOut(PassChild child, IReadOnlyList<Fact> facts, DateTimeOffset now)
    {
        try
        {
            return child with { Picture = ChildPicture.Of(child.Child, facts, rules) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return child with { Stopped = Stop(child.Child, e, now) };
        }
    }

    // One child's record must never stop the watching of another: this one is shown as unmonitored.
    private Unmonitored Stop(string child, Exception why, DateTimeOffset now)
    {
        log.ChildStopped(why, child);
        return new Unmonitored(child, now, why.Message);
    }

    private sealed record Read(IReadOnlyList<Fact>? Facts, Exception? Error, LoadedEvent? Last, long Version);

    private async Task<IReadOnlyDictionary<string, Read>> RecordedAsync(
        List<string> children, Dictionary<string, List<StoredEvent>> news, long position, CancellationToken ct)
    {
        var recorded = new ConcurrentDictionary<string, Read>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var child in children)
        {
            var its = news.GetValueOrDefault(child) ?? [];
            var read = Try(() => histories.Find(child, its), its);
            if (read.Facts is null && read.Error is null)
            {
                missing.Add(child);
            }
            else
            {
                recorded[child] = read;
            }
        }

        var streams = missing.Count == 0 ? new Dictionary<string, List<StoredEvent>>() : await store.ReadStreamsAsync([.. missing.Select(ChildPicture.StreamOf)], ct: ct);
        Parallel.ForEach(missing, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct }, child =>
        {
            var events = streams.GetValueOrDefault(ChildPicture.StreamOf(child)) ?? [];
            events.RemoveAll(e => e.Position > position);
            recorded[child] = Try(() => [.. events.Select(StoredFacts.Read)], events);
        });
        return recorded;
    }

    private static Read Try(Func<IReadOnlyList<Fact>?> read, List<StoredEvent> events)
    {
        var (last, version) = events.Count == 0 ? (null, 0) : (LoadedEvent.Of(events[^1]), events[^1].Version);
        try
        {
            return new Read(read(), null, last, version);
        }
        catch (UnreadableEventException e)
        {
            return new Read(null, e, last, version);
        }
    }
}
