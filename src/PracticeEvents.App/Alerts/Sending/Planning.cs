using System.Globalization;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>What is to be known of some entries of the feed to plan them.</summary>
/// <param name="Families">The families of their children, of those that have one.</param>
/// <param name="Left">For each digest, by its position, what the load left open for the person and nobody has taken on since.</param>
internal sealed record Background(IReadOnlyDictionary<string, string> Families, IReadOnlyDictionary<long, IReadOnlyList<AlertState>> Left)
{
    /// <summary>True for an entry that a subscription asks for: an alert, or a digest that has one.</summary>
    public bool IsAskedFor(Subscription s, FeedEntry entry) => entry.Alert is { } alert
        ? s.Wants(alert.Stage, entry.Recipient == s.Worker)
        : entry.Recipient == s.Worker && StagesOf(entry).Any(stage => s.Wants(stage, isOwn: true));

    /// <summary>The stages that an entry tells of; none for a digest of which nothing is left.</summary>
    public IReadOnlyList<AlertStage> StagesOf(FeedEntry entry) =>
        entry.Alert is { } alert ? [alert.Stage] : [.. Left.GetValueOrDefault(entry.Position, []).Select(a => a.Stage)];
}

/// <summary>Plans when what is said goes out to people, and what with.</summary>
internal sealed class Planning(ViewReader reader, ChildrenView children, AlertTable alerts, Budgets budgets, RuleBook rules)
{
    /// <summary>What is to be known of some entries.</summary>
    public async Task<Background> OfAsync(IReadOnlyCollection<FeedEntry> entries, CancellationToken ct)
    {
        var families = (await reader.RowsAsync(children, [.. entries.Select(e => e.Child).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)], null, ct))
            .Where(c => c.Family is not null).ToDictionary(c => c.Child, c => c.Family!, StringComparer.Ordinal);
        return new(families, await LeftAsync(entries, ct));
    }

    /// <summary>What each digest among some entries tells of, by its position. What somebody took on before the load moved it on is told again, as it is without a load.</summary>
    public async Task<Dictionary<long, IReadOnlyList<AlertState>>> LeftAsync(IEnumerable<FeedEntry> entries, CancellationToken ct)
    {
        var left = new Dictionary<long, IReadOnlyList<AlertState>>();
        foreach (var (entry, digest) in entries.Select(e => (e, e.Digest)))
        {
            if (digest is not null)
            {
                left[entry.Position] = [.. (await alerts.LeftByLoadAsync(digest.Load, digest.Worker, ct)).Where(a => !(a.AcknowledgedAt >= entry.At))];
            }
        }

        return left;
    }

    /// <summary>When each of some entries goes out by a subscription, in their order.</summary>
    /// <param name="times">When its owner wants it.</param>
    /// <param name="entries">What is to be sent, in order.</param>
    /// <param name="known">As from <see cref="OfAsync"/>.</param>
    /// <param name="sent">What was sent at once today, by role.</param>
    /// <param name="today">London date.</param>
    public IEnumerable<(FeedEntry Entry, PlannedWord Planned)> Of(
        SendingTimes times, IEnumerable<FeedEntry> entries, Background known, IEnumerable<(string Role, int Count)> sent, DateOnly today)
    {
        var plan = new MessagePlan(times, budgets.Of);
        foreach (var (role, count) in sent)
        {
            plan.Count(today, Roles.Parse(role)!.Value, count);
        }

        foreach (var entry in entries.Where(e => known.StagesOf(e).Count > 0))
        {
            if (entry.Alert is not { } alert)
            {
                yield return (entry, PlanDigest(times, entry, known.Left[entry.Position]));
                continue;
            }

            var word = new Word(
                entry.At, alert.Id, alert.Child, known.Families.GetValueOrDefault(alert.Child), alert.Rule, alert.Stage, alert.Role, Urgency.MustNotWait(alert.Stage, alert.Rule, rules));
            yield return (entry, plan.Plan(word));
        }
    }

    // One message whatever is in it, so that it leaves the budget alone. It waits only where all that it tells of may.
    private PlannedWord PlanDigest(SendingTimes times, FeedEntry entry, IReadOnlyList<AlertState> left)
    {
        var (at, why) = left.Select(a => Urgency.MustNotWait(a.Stage, a.Rule, rules) ? (At: entry.At, Why: Held.No) : times.For(a.Stage, isOverBudget: false, entry.At)).MinBy(w => w.At);
        var name = string.Create(CultureInfo.InvariantCulture, $"digest-{entry.Position}");
        return new(new Word(entry.At, name, "", null, name, AlertStage.Due, Role.TeamManager, MustNotWait: why is Held.No), at, why);
    }

    /// <summary>When messages go out that wait for brothers and sisters, by line and by what they have together: word that comes meanwhile joins them.</summary>
    public static async Task<IReadOnlyDictionary<(string Line, string Together), DateTimeOffset>> GatheringAsync(NpgsqlConnection connection, IReadOnlyCollection<string> lines, DateTimeOffset now, CancellationToken ct)
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
    public static async Task<ILookup<string, (string Role, int Count)>> SentAsync(NpgsqlConnection connection, IReadOnlyCollection<string> lines, DateOnly today, CancellationToken ct)
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
