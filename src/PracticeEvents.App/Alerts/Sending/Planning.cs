using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Plans when what is said goes out to people, and what with.</summary>
internal sealed class Planning(ViewReader reader, ChildrenView children, Budgets budgets, RuleBook rules)
{
    /// <summary>The families of the children of some entries, of those that have one.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FamiliesAsync(IReadOnlyCollection<FeedEntry> entries, CancellationToken ct) =>
        (await reader.RowsAsync(children, [.. entries.Select(e => e.Child).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)], null, ct))
            .Where(c => c.Family is not null).ToDictionary(c => c.Child, c => c.Family!, StringComparer.Ordinal);

    /// <summary>When each of some entries goes out by a subscription, in their order.</summary>
    /// <param name="times">When its owner wants it.</param>
    /// <param name="entries">What is to be sent, in order.</param>
    /// <param name="families">As from <see cref="FamiliesAsync"/>.</param>
    /// <param name="sent">What was sent at once today, by role.</param>
    /// <param name="today">London date.</param>
    public IEnumerable<(FeedEntry Entry, PlannedWord Planned)> Of(
        SendingTimes times, IEnumerable<FeedEntry> entries, IReadOnlyDictionary<string, string> families, IEnumerable<(string Role, int Count)> sent, DateOnly today)
    {
        var plan = new MessagePlan(times, budgets.Of);
        foreach (var (role, count) in sent)
        {
            plan.Count(today, Roles.Parse(role)!.Value, count);
        }

        foreach (var entry in entries)
        {
            var alert = entry.Alert!;
            var word = new Word(
                entry.At, alert.Id, alert.Child, families.GetValueOrDefault(alert.Child), alert.Rule, alert.Stage, alert.Role, Urgency.MustNotWait(alert.Stage, alert.Rule, rules));
            yield return (entry, entry.IsOfDigest ? OfDigest(times, word) : plan.Plan(word));
        }
    }

    // What a load left open comes in one message, and in that of the day or of the end of quiet hours where it may wait: it leaves the budget alone.
    private static PlannedWord OfDigest(SendingTimes times, Word word)
    {
        var (at, why) = word.MustNotWait ? (word.At, Held.No) : times.For(word.Stage, isOverBudget: false, word.At);
        return new(word with { Child = "", Family = null, Rule = "load", MustNotWait = why is Held.No }, at, why);
    }

    /// <summary>When messages go out that wait for brothers and sisters, by line and by what they have together: word that comes meanwhile joins them.</summary>
    public static async Task<IReadOnlyDictionary<(string Line, string Together), DateTimeOffset>> GatheringAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> lines, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select channel, payload ->> 'Together', min(due_at) from practice.outbox
            where channel = any($1) and sent_at is null and attempts = 0 and due_at > $2 and due_at <= $3 and payload ->> 'Together' like 'soon %' group by 1, 2
            """, connection)
        {
            Parameters = { new() { Value = lines.ToArray() }, new() { Value = now.ToUniversalTime() }, new() { Value = (now + MessagePlan.Gathering).ToUniversalTime() } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var gathering = new Dictionary<(string, string), DateTimeOffset>();
        while (await reader.ReadAsync(ct))
        {
            gathering[(reader.GetString(0), reader.GetString(1))] = reader.GetFieldValue<DateTimeOffset>(2);
        }

        return gathering;
    }

    /// <summary>What was sent at once today by some lines and counts against a budget.</summary>
    public static async Task<ILookup<string, (string Role, int Count)>> SentAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> lines, DateOnly today, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select channel, payload ->> 'Role', count(*)::int from practice.outbox
            where channel = any($1) and created_at >= $2 and payload ->> 'Role' is not null group by 1, 2
            """, connection)
        {
            Parameters = { new() { Value = lines.ToArray() }, new() { Value = London.StartOf(today).ToUniversalTime() } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sent = new List<(string Line, string Role, int Count)>();
        while (await reader.ReadAsync(ct))
        {
            sent.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        }

        return sent.ToLookup(s => s.Line, s => (s.Role, s.Count), StringComparer.Ordinal);
    }
}
