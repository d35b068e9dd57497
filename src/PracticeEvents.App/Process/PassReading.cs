using System.Collections.Concurrent;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Views;
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
internal sealed record PassChild(
    string Child, bool IsNew, IReadOnlyList<DueTimer> Due, string? Load, ChildPicture? Picture, Unmonitored? Stopped)
{
    /// <summary>The rows of each view, in the order of the views; none when there is no news for them.</summary>
    public IReadOnlyList<IReadOnlyList<object?[]>> Rows { get; init; } = [];

    /// <summary>Fingerprints of the rows.</summary>
    public IReadOnlyList<RowPrint[]> Prints { get; init; } = [];

    /// <summary>What to change in each view's table, if it is still the one that the rows were last written to.</summary>
    public IReadOnlyList<RowChange> Changes { get; init; } = [];

    /// <summary>What the picture was worked out from.</summary>
    public KnownHistory? History { get; init; }
}

/// <summary>What is recorded of a child; or why it cannot be told, and what can be read.</summary>
internal sealed record RecordedChild(KnownHistory? History, Exception? Error, LoadedEvent? Last)
{
    /// <summary>The facts that can be read of a record that cannot be as a whole.</summary>
    public IReadOnlyList<Fact> Readable { get; init; } = [];
}

/// <summary>What a pass has to write.</summary>
/// <param name="Children">The children it is about.</param>
/// <param name="Structure">Teams and workers.</param>
/// <param name="Alerts">The children's alerts, locked.</param>
internal sealed record PassWork(IReadOnlyList<PassChild> Children, Structure Structure, IReadOnlyList<StoredAlert> Alerts)
{
    /// <summary>The children whose record can be worked through.</summary>
    public IEnumerable<PassChild> Watched => Children.Where(c => c.Picture is not null);

    /// <summary>The children whose record cannot.</summary>
    public IEnumerable<PassChild> Stopped => Children.Where(c => c.Stopped is not null);
}

/// <summary>Finds the children whom a pass is about and works each out, on all processors.</summary>
internal sealed class PassReading(
    NpgsqlDataSource source, Histories histories, ViewTables views, RuleBook rules, ILogger<PassReading> log)
{
    /// <summary>The children of a cohort with new events or due timers, worked out from everything up to a position; their alerts are locked.</summary>
    /// <param name="connection">The pass's own connection, in its transaction.</param>
    /// <param name="cohort">The shares.</param>
    /// <param name="position">Up to which position.</param>
    /// <param name="events">What is new in the log, up to that position.</param>
    /// <param name="due">The timers taken.</param>
    /// <param name="structure">Teams and workers.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<PassWork> ReadAsync(
        NpgsqlConnection connection, Cohort cohort, long position, List<StoredEvent> events, IReadOnlyList<DueTimer> due, Structure structure, DateTimeOffset now,
        CancellationToken ct)
    {
        var news = events.Where(e => e.Stream.StartsWith(ChildPicture.StreamPrefix, StringComparison.Ordinal))
            .GroupBy(e => e.Stream[ChildPicture.StreamPrefix.Length..], StringComparer.Ordinal)
            .Where(g => cohort.Partitions.Contains(Partitions.Of(g.Key)))
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var timers = due.ToLookup(t => t.Owner, StringComparer.Ordinal);
        var children = news.Keys.Union(timers.Select(t => t.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var loads = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var child in children)
        {
            Loads.Note(loads, child, news.GetValueOrDefault(child), timers[child]);
        }

        var recorded = new ConcurrentDictionary<string, RecordedChild>(StringComparer.Ordinal);
        var missing = Missing(children, news, recorded);
        var (streams, alerts) = await Query.AskAsync(connection, Streams(missing), AlertTable.LockOfChildren(children), ct);
        Add(recorded, missing, streams, position, ct);
        await Loads.AddUnfinishedAsync(source, loads, recorded.Where(r => r.Value.Last is not null).Select(r => (r.Key, r.Value.Last!)), position, now, ct);
        var found = new PassChild[children.Count];
        Parallel.For(0, children.Count, Everywhere(ct), n =>
        {
            var child = children[n];
            var its = timers[child].ToList();
            var isNew = news.ContainsKey(child) || its.Exists(t => Everyone.IsForViews(t.Key));
            var empty = new PassChild(child, isNew, [.. its.Where(t => t.Key[0] != '~')], loads.GetValueOrDefault(child), null, null);
            found[n] = recorded[child] is { Error: { } error } ? Stop(empty, error, recorded[child].Readable, now) : WorkOut(empty, recorded[child].History!, now);
        });
        return new PassWork(found, structure, alerts!);
    }

    /// <summary>Remembers what was committed.</summary>
    /// <param name="work">What was worked out.</param>
    /// <param name="written">The rows that were written, by child.</param>
    public void Committed(PassWork work, IReadOnlyDictionary<string, WrittenRows> written)
    {
        foreach (var child in work.Children)
        {
            if (child is { Picture: not null, History: { Version: > 0 } history })
            {
                histories.Keep(child.Child, child.IsNew ? history with { Written = written.GetValueOrDefault(child.Child) } : history);
            }
            else
            {
                histories.Drop(child.Child);
            }
        }
    }

    private PassChild WorkOut(PassChild child, KnownHistory history, DateTimeOffset now)
    {
        try
        {
            var picture = ChildPicture.Of(child.Child, history.Facts, rules);
            return WithRows(child with { Picture = picture, History = history });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Stop(child, e, history.Facts, now);
        }
    }

    private PassChild WithRows(PassChild child)
    {
        if (!child.IsNew)
        {
            return child;
        }

        var rows = views.All.Select(v => child.History!.Facts.Count == 0 ? (IReadOnlyList<object?[]>)[] : [.. v.Values(child.Picture!)]).ToList();
        var prints = views.All.Zip(rows, RowPrint.Of).ToList();
        return child with
        {
            Rows = rows,
            Prints = prints,
            Changes = [.. rows.Select((its, n) => RowChange.Between(child.History!.Written?.Prints[n], its, prints[n]))],
        };
    }

    /// <summary>Says that everybody is worked through once: nothing is held for another time.</summary>
    public void WorkAlone() => histories.KeepNone();

    /// <summary>Forgets what is held of everyone of some shares.</summary>
    public void Forget(IEnumerable<int> partitions) => histories.Drop(partitions.ToHashSet());

    /// <summary>One child's record must never stop the watching of another: this one is shown as unmonitored, to those who work with the child by all that can be read.</summary>
    /// <param name="child">The child.</param>
    /// <param name="why">What is wrong.</param>
    /// <param name="readable">The facts that can be read.</param>
    /// <param name="now">UTC instant.</param>
    public PassChild Stop(PassChild child, Exception why, IReadOnlyList<Fact> readable, DateTimeOffset now)
    {
        log.ChildStopped(why, child.Child);
        var rest = ChildPicture.OfTheRest(child.Child, readable, rules);
        return child with
        {
            Picture = null,
            History = null,
            Stopped = new Unmonitored(child.Child, now, why.Message),
            Changes = [.. views.All.Select(v => v is ChildrenView && rest is not null ? RowChange.All([.. v.Values(rest)]) : RowChange.None)],
        };
    }

    // Adds those whose record is held or new as a whole, and answers the others.
    private List<string> Missing(
        IEnumerable<string> children, Dictionary<string, List<StoredEvent>> news, ConcurrentDictionary<string, RecordedChild> recorded)
    {
        var missing = new List<string>();
        foreach (var child in children)
        {
            var its = news.GetValueOrDefault(child) ?? [];
            if (Held(child, its) is { } held)
            {
                recorded[child] = held;
            }
            else if (its.Count > 0 && its[0].Version == 1 && its[^1].Version == its.Count)
            {
                recorded[child] = Whole(its);
            }
            else
            {
                missing.Add(child);
            }
        }

        return missing;
    }

    private static Query<IReadOnlyDictionary<string, List<StoredEvent>>>? Streams(List<string> children) =>
        children.Count == 0 ? null : EventStore.Streams([.. children.Select(ChildPicture.StreamOf)]);

    private static void Add(
        ConcurrentDictionary<string, RecordedChild> recorded, List<string> children, IReadOnlyDictionary<string, List<StoredEvent>>? streams, long position,
        CancellationToken ct) =>
        Parallel.ForEach(children, Everywhere(ct), child =>
        {
            var events = streams!.GetValueOrDefault(ChildPicture.StreamOf(child)) ?? [];
            events.RemoveAll(e => e.Position > position);
            recorded[child] = Whole(events);
        });

    // Whoever has an event that cannot be read is read whole: a correction may have come with it.
    private RecordedChild? Held(string child, List<StoredEvent> news)
    {
        try
        {
            return histories.Find(child, news) is { } history ? new RecordedChild(history, null, history.Last) : null;
        }
        catch (UnreadableEventException)
        {
            return null;
        }
    }

    private static RecordedChild Whole(List<StoredEvent> events)
    {
        var last = LoadedEvent.LastOf(events);
        try
        {
            var (facts, putRight) = RecordedFacts.Of(events);
            return new RecordedChild(new KnownHistory(facts, putRight || events.Count == 0 ? 0 : events[^1].Version, last), null, last);
        }
        catch (UnreadableEventException e)
        {
            return new RecordedChild(null, e, last) { Readable = RecordedFacts.OfTheRest(events) };
        }
    }

    /// <summary>On all processors.</summary>
    public static ParallelOptions Everywhere(CancellationToken ct) => new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
}
