using System.Runtime.CompilerServices;
using Npgsql;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.WhatIf;

/// <summary>A child with its record; without a record when it holds an event that cannot be read.</summary>
/// <param name="Child">Child reference.</param>
/// <param name="Record">Every event that matters, as it arrived.</param>
/// <param name="LoadedEvents">How many of them came with a load of history.</param>
internal sealed record ReadChild(string Child, IReadOnlyList<Arrival>? Record, int LoadedEvents);

/// <summary>Reads what a replay needs: each child's record as it arrived, the teams over time, the loads, and what people read. It only reads.</summary>
internal sealed class ReplayReader(NpgsqlDataSource source, EventStore store)
{
    // Small ranges, so that no processor waits long for the last.
    private const int RangesEach = 16;
    private const int ChildrenEach = 500;

    private static readonly IEnumerable<EventKind> Always = [.. Routing.Kinds, EventCatalogue.Kind<RecordedInError>(), EventCatalogue.Kind<Corrected>()];

    /// <summary>Some children, to be read side by side with others.</summary>
    /// <param name="Range">Those in a range of names.</param>
    /// <param name="Streams">Only these; nothing for all.</param>
    internal sealed record Share(StreamRange Range, IReadOnlyList<string>? Streams);

    /// <summary>The children of whom a rule can say anything, in shares: those with an event that can start one.</summary>
    public async Task<IReadOnlyList<Share>> SharesAsync(IReadOnlyCollection<RuleBook> rules, CancellationToken ct)
    {
        string[] starts = [.. rules.SelectMany(r => r.All).SelectMany(r => r.Editions).SelectMany(e => e.Starts).Select(t => t.Kind.Alias).Distinct()];
        return await store.StreamsWithAsync(ChildPicture.StreamPrefix, starts, ct) is { } some
            ? [.. some.Chunk(ChildrenEach).Select(streams => new Share(new StreamRange(null, null), streams))]
            : [.. (await store.RangesAsync(ChildPicture.StreamPrefix, Environment.ProcessorCount * RangesEach, ct)).Select(range => new Share(range, null))];
    }

    /// <summary>What is known beside the children's own records.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="asReceived">See <see cref="WhatIfPeriod.AsReceived"/>.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Surroundings> SurroundingsAsync(IReadOnlyCollection<RuleBook> rules, bool asReceived, CancellationToken ct)
    {
        var structure = (await store.ReadEveryAsync(StructureReader.Types, ct)).SelectMany(e => Read([e], asReceived).Record ?? []).Select(a => a.Fact);
        var finished = (await store.ReadEveryAsync([EventCatalogue.Kind<LoadFinished>().Alias], ct)).SelectMany(e => Read([e], asReceived: true).Record ?? [])
            .GroupBy(a => ((LoadFinished)a.Fact.Event).Load).ToDictionary(g => g.Key, g => g.Min(a => a.Fact.ReceivedAt), StringComparer.Ordinal);
        return new Surroundings(new StructureOverTime(structure), finished, await FeedsAsync(rules.SelectMany(r => r.WaitedFor).Distinct(), asReceived, ct));
    }

    // As if the service had been there, what is sent was sent all along.
    private async Task<FeedsOverTime> FeedsAsync(IEnumerable<EventKind> waited, bool asReceived, CancellationToken ct) =>
        new((await Feeds.FirstAsync(store, waited, ct)).ToDictionary(f => f.Key, f => asReceived ? f.Value : DateTimeOffset.MinValue));

    /// <summary>What people said to alerts, by child, where it bears on who is told what next: a notice that was read is settled and does
    /// not go up a level, a duty that somebody deals with goes up later, and one that was passed on is another's.</summary>
    public async Task<ILookup<string, (DateTimeOffset At, AlertEvent Event)>> ActsAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select r.data ->> 'child', s.timestamp, s.type, s.data::text
            from public.mt_events s join public.mt_events r on r.stream_id = s.stream_id and r.version = 1 and r.type = 'alert_raised'
            where ((s.type = 'alert_settled' and s.data ? 'by') or s.type = any($1)) and not s.is_archived
            """);
        command.Parameters.AddWithValue(new[] { EventCatalogue.Kind<AlertAcknowledged>().Alias, EventCatalogue.Kind<AlertReassigned>().Alias });
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var read = new List<(string Child, DateTimeOffset At, AlertEvent Event)>();
        while (await reader.ReadAsync(ct))
        {
            read.Add((
                reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1),
                (AlertEvent)EventJson.Read(EventCatalogue.All.Single(k => k.Alias == reader.GetString(2)), reader.GetString(3))));
        }

        return read.ToLookup(r => r.Child, r => (r.At, r.Event), StringComparer.Ordinal);
    }

    /// <summary>The records of the children of a share, with only those events on which a duty of the rules, or who is told of it, can turn.</summary>
    /// <param name="share">Which children.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="asReceived">See <see cref="WhatIfPeriod.AsReceived"/>.</param>
    /// <param name="ct">Stops it.</param>
    public async IAsyncEnumerable<ReadChild> ChildrenAsync(
        Share share, IReadOnlyCollection<RuleBook> rules, bool asReceived, [EnumeratorCancellation] CancellationToken ct)
    {
        string[] types = [.. rules.SelectMany(r => r.Kinds).Concat(Always).Select(k => k.Alias).Distinct()];
        await foreach (var stream in store.ExportAsync(new Selection(ChildPicture.StreamPrefix, types, share.Streams), share.Range, ct))
        {
            yield return Read(stream, asReceived);
        }
    }

    private static ReadChild Read(IReadOnlyList<StoredEvent> stream, bool asReceived)
    {
        var child = stream[0].Stream[Math.Min(stream[0].Stream.Length, ChildPicture.StreamPrefix.Length)..];
        IReadOnlyList<Fact> facts;
        try
        {
            (facts, _) = RecordedFacts.Of(stream);
        }
        catch (UnreadableEventException)
        {
            return new ReadChild(child, null, 0);
        }

        // Facts come in the order of the events; those that cannot be read and were recorded in error are left out.
        var (record, loaded) = (new List<Arrival>(facts.Count), 0);
        foreach (var stored in stream)
        {
            if (record.Count < facts.Count && facts[record.Count] is var fact && fact.Position == stored.Position)
            {
                var load = StoredFacts.Load(stored);
                loaded += load is null ? 0 : 1;
                record.Add(load is null || asReceived || fact.RecordedAt >= fact.ReceivedAt ? new Arrival(fact, load) : new Arrival(fact with { ReceivedAt = fact.RecordedAt }));
            }
        }

        return new ReadChild(child, record, loaded);
    }
}
