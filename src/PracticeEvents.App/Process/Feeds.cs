using Npgsql;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Keeps <see cref="RuleBook.Sent"/> from the log: when the program starts or takes up shares, and whenever an event comes in for which a
/// rule waits. The first of a kind has everybody looked at again, because the rule may concern any of them.</summary>
internal sealed class Feeds(NpgsqlDataSource source, EventStore store, RuleBook rules)
{
    /// <summary>The instant (UTC) at which the first event of each of some kinds was received; a kind of which none was is left out.</summary>
    public static async Task<IReadOnlyDictionary<EventKind, DateTimeOffset>> FirstAsync(EventStore store, IEnumerable<EventKind> kinds, CancellationToken ct)
    {
        var all = kinds.ToDictionary(k => k.Alias, StringComparer.Ordinal);
        return (await store.FirstReceivedAsync(all.Keys, ct)).ToDictionary(f => all[f.Key], f => f.Value);
    }

    /// <summary>The rules as they counted at an instant (UTC): those that wait for a kind of event, once one had been received.</summary>
    public async Task<RuleBook> AtAsync(DateTimeOffset instant, CancellationToken ct) =>
        rules.Sent is null ? rules : rules.Where(new FeedsOverTime(await FirstAsync(store, rules.WaitedFor, ct)).At(instant));

    /// <summary>True when one of some events is of a kind for which a rule still waits.</summary>
    public bool AreNews(IEnumerable<StoredEvent> events) => Waited() is { Count: > 0 } waited && events.Any(e => waited.ContainsKey(e.Type));

    /// <summary>Looks through the log for the kinds for which rules still wait. Each is one step into an index.</summary>
    /// <returns>The kinds found.</returns>
    public async Task<IReadOnlyList<EventKind>> LoadAsync(CancellationToken ct)
    {
        var waited = Waited();
        if (waited.Count == 0)
        {
            return [];
        }

        await using var command = source.CreateCommand("select t.type from unnest($1) as t (type) where exists (select from public.mt_events e where e.type = t.type)");
        command.Parameters.AddWithValue(waited.Keys.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<EventKind>();
        while (await reader.ReadAsync(ct))
        {
            if (waited[reader.GetString(0)] is var kind && rules.Sent!.Add(kind))
            {
                found.Add(kind);
            }
        }

        return found;
    }

    /// <summary>Forgets kinds again, because what was to follow from them could not be stored.</summary>
    public void Forget(IEnumerable<EventKind> kinds)
    {
        foreach (var kind in kinds)
        {
            rules.Sent?.Remove(kind);
        }
    }

    private Dictionary<string, EventKind> Waited() =>
        rules.Sent is { } sent ? rules.WaitedFor.Where(k => !sent.Has(k)).ToDictionary(k => k.Alias, StringComparer.Ordinal) : [];
}
