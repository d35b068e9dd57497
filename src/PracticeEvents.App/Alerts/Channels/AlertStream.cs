using System.Collections.Concurrent;
using Npgsql;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>The live stream of alerts by server-sent events. One reader for each node takes what is new from the feed, looks up once who may hear it,
/// and hands it to those subscribers only; the id of a message is its position, from which a subscriber resumes with no gap and no repeat.</summary>
internal sealed class AlertStream(
    NpgsqlDataSource source, AlertFeed feed, StructureReader structures, ViewReader reader, ChildrenView children, RuleBook rules, Notifications notifications,
    ILogger<AlertStream> log) : BackgroundService
{
    private const int PageSize = 1000;
    private const int AtOnce = 50;

    private readonly ConcurrentDictionary<StreamSubscriber, byte> wide = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<StreamSubscriber, byte>> own = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isOver;

    /// <summary>What a subscriber may hear after a position, as it comes, for ever. One who falls too far behind goes on from the feed, and costs no memory meanwhile.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Heard>> FollowAsync(
        StreamSubscriber subscriber, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        Join(subscriber);
        try
        {
            while (!isOver)
            {
                var live = subscriber.Open();

                // Until the reader knows where it stands, what is said now would be neither in what it hands out nor in what was said before.
                await reading.Task.WaitAsync(ct);

                // First what was said before, then what is said now; the subscriber's line was opened first, so nothing falls between.
                for (var more = true; more;)
                {
                    var page = await feed.AfterAsync(after, PageSize, ct);
                    foreach (var part in page.Chunk(AtOnce))
                    {
                        if ((await LookUpAsync(part, subscriber.IsWide, ct)).Where(subscriber.MayHear).ToList() is { Count: > 0 } before)
                        {
                            yield return before;
                        }

                        after = part[^1].Position;
                    }

                    more = page.Count == PageSize;
                }

                await foreach (var heard in live.ReadAllAsync(ct))
                {
                    var news = heard.Entry.Position > after ? new List<Heard> { heard } : [];
                    while (news.Count < AtOnce && live.TryRead(out var next))
                    {
                        if (next.Entry.Position > after)
                        {
                            news.Add(next);
                        }
                    }

                    if (news.Count == 0)
                    {
                        continue;
                    }

                    after = news[^1].Entry.Position;

                    // What waited for a slow reader is asked about again: whoever lost the child meanwhile is not told.
                    var fit = news.Exists(n => n.IsOld) ? [.. (await LookUpAsync([.. news.Select(n => n.Entry)], subscriber.IsWide, ct)).Where(subscriber.MayHear)] : news;
                    if (fit.Count > 0)
                    {
                        yield return fit;
                    }
                }
            }
        }
        finally
        {
            Leave(subscriber);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var session = new LoopSession(source);
        var position = -1L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var since = notifications.Said.Count;
                if (position < 0)
                {
                    position = await feed.HeadAsync(stoppingToken);
                    reading.TrySetResult();
                }

                for (var page = PageSize; page == PageSize;)
                {
                    (position, page) = await HandOutAsync(await session.OpenAsync(stoppingToken), position, stoppingToken);
                }

                await notifications.Said.WaitAsync(since, TimeSpan.FromSeconds(30), ct: stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.FeedNotRead(Transient.StateOf(e));
                await notifications.Said.WaitAsync(TimeSpan.FromSeconds(1), ct: stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        isOver = true;
        reading.TrySetCanceled(CancellationToken.None);
        foreach (var subscriber in wide.Keys.Concat(own.Values.SelectMany(s => s.Keys)))
        {
            subscriber.End();
        }
    }

    private async Task<(long Position, int Handed)> HandOutAsync(NpgsqlConnection connection, long position, CancellationToken ct)
    {
        // The children of the same page: what came to the feed meanwhile stands behind it.
        var (said, changed, known) = await Query.AskAsync(
            connection,
            AlertFeed.After(position, PageSize),
            StructureReader.Position(),
            wide.IsEmpty ? null : ViewReader.Rows(
                children,
                new Part<ChildRow>($"child = any(array(select child from practice.alert_feed where position > {position} order by position limit {PageSize}))", _ => true)),
            ct);
        var page = said!;

        // Asked after the page was read: whoever joins from now on reads it from the feed.
        var (anyone, everything) = (!own.IsEmpty || !wide.IsEmpty, !wide.IsEmpty);
        foreach (var heard in page.Count == 0 || !anyone ? []
            : everything && known is null ? await LookUpAsync(page, withChildren: true, ct)
            : Heards(page, await structures.ReadAsync(changed, ct), known ?? []))
        {
            foreach (var subscriber in own.GetValueOrDefault(heard.Entry.Recipient)?.Keys ?? [])
            {
                subscriber.Say(heard);
            }

            foreach (var subscriber in wide.Keys)
            {
                subscriber.Say(heard);
            }
        }

        return (page.Count == 0 ? position : page[^1].Position, page.Count);
    }

    // Asked when it is handed out: whoever lost a child a minute ago is not told of them now.
    private async Task<IEnumerable<Heard>> LookUpAsync(IReadOnlyList<FeedEntry> page, bool withChildren, CancellationToken ct)
    {
        if (page.Count == 0)
        {
            return [];
        }

        var structure = await structures.ReadAsync(ct: ct);
        return Heards(
            page,
            structure,
            !withChildren ? [] : await reader.RowsAsync(children, [.. page.Select(e => e.Child).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)], null, ct));
    }

    private IEnumerable<Heard> Heards(IReadOnlyList<FeedEntry> page, Structure structure, IReadOnlyList<ChildRow> known)
    {
        var rows = known.ToDictionary(c => c.Child, StringComparer.Ordinal);
        return page.Select(e => new Heard(e, rows.GetValueOrDefault(e.Child), structure, rules));
    }

    private void Join(StreamSubscriber subscriber)
    {
        if (subscriber.IsWide)
        {
            wide.TryAdd(subscriber, 0);
        }
        else
        {
            own.GetOrAdd(subscriber.Worker, _ => new()).TryAdd(subscriber, 0);
        }
    }

    // The worker's own list stays, empty: it could not be taken away without losing somebody who joins it in the same moment.
    private void Leave(StreamSubscriber subscriber)
    {
        wide.TryRemove(subscriber, out _);
        own.GetValueOrDefault(subscriber.Worker)?.TryRemove(subscriber, out _);
    }
}
