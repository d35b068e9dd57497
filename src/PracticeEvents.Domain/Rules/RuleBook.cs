using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>The rules in use together with the calendar that they count by.</summary>
public sealed class RuleBook
{
    private readonly Dictionary<string, Rule> byId;
    private readonly RuleIndex index;
    private SentKinds? sent;

    /// <summary>A book of rules. Two rules may not share an id.</summary>
    /// <exception cref="ArgumentException">Two rules share an id, or a rule follows one that is not in the book.</exception>
    public RuleBook(IEnumerable<Rule> rules, WorkingDays calendar, AlertProfiles? profiles = null)
    {
        Calendar = calendar;
        Profiles = profiles ?? AlertProfiles.None;
        var all = rules.OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        byId = all.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var (rule, followed) in all.SelectMany(r => r.Editions.SelectMany(e => e.Follows).Select(f => (r, f))))
        {
            if (!byId.TryGetValue(followed, out var target) || target.Editions.Any(e => e.Follows.Count > 0))
            {
                throw new ArgumentException($"Rule {rule.Id} follows {followed}, which is not a rule with events of its own.", nameof(rules));
            }
        }

        // Duties that follow others are worked out after them.
        All = [.. all.OrderBy(r => r.Editions.Any(e => e.Follows.Count > 0))];
        index = new RuleIndex(All);
        WaitedFor = [.. All.Where(r => r.OnlyWhereSent).SelectMany(r => r.Editions).SelectMany(e => e.MetBy).Select(t => t.Kind).Distinct()];
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', all.Select(r => r.Json)) + profiles?.Json + calendar.Edition
            + string.Join(',', calendar.OfCouncil.Closures.Keys.Order().Select(d => d.DayNumber))
            + string.Join(',', calendar.OfCouncil.TermEnds)
            + string.Join(',', calendar.Holidays.Keys.Order().Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))))));
    }

    /// <summary>All rules; those that follow others come last.</summary>
    public IReadOnlyList<Rule> All { get; }

    /// <summary>Which kinds of event have been sent; nothing to have every rule count.</summary>
    public SentKinds? Sent
    {
        get => sent;
        init => sent = value;
    }

    /// <summary>The same book with every rule counting, whatever is sent: for worked examples.</summary>
    public RuleBook Whole => Sent is null ? this : field ??= new RuleBook(All, Calendar);

    /// <summary>The same book in a council that has sent other kinds of event.</summary>
    public RuleBook Where(SentKinds kinds)
    {
        var copy = (RuleBook)MemberwiseClone();
        copy.sent = kinds;
        return copy;
    }

    /// <summary>True when a rule counts in this council: what meets it is sent, or it counts anyway.</summary>
    public bool IsFed(Rule rule) => IsFed(rule, Sent);

    /// <summary>What duties are worked out by now: the fingerprint with the kinds for which rules have waited and that are sent. Who was
    /// worked out by another is out of date.</summary>
    public string InForce => $"{Hash} {string.Join(' ', WaitedFor.Where(k => Sent?.Has(k) ?? true).Select(k => k.Alias).Order(StringComparer.Ordinal))}";

    /// <summary>The kinds for which some rule waits.</summary>
    public IReadOnlyList<EventKind> WaitedFor { get; }

    /// <summary>The calendar of working days.</summary>
    public WorkingDays Calendar { get; }

    /// <summary>The alert profiles that rules can name.</summary>
    public AlertProfiles Profiles { get; }

    /// <summary>Every kind of event that a duty of these rules can turn on. A history without its other events gives the same duties.</summary>
    public IReadOnlySet<EventKind> Kinds => All.SelectMany(RuleKinds.Of).ToHashSet();

    /// <summary>The book with no rules but these and those that they follow. Their duties are the same.</summary>
    public RuleBook Only(IReadOnlySet<string> ids)
    {
        var followed = All.Where(r => ids.Contains(r.Id)).SelectMany(r => r.Editions).SelectMany(e => e.Follows).ToHashSet(StringComparer.Ordinal);
        return new RuleBook(All.Where(r => ids.Contains(r.Id) || followed.Contains(r.Id)), Calendar, Profiles) { Sent = Sent };
    }

    /// <summary>Fingerprint of every rule's text and of the calendar: two books with the same one give the same dates.</summary>
    public string Hash { get; }

    /// <summary>The rules that can have a duty for a child with events of these kinds: those that one of them can start, and those that follow such a rule.
    /// In the order of <see cref="All"/>. No other rule is run.</summary>
    public IReadOnlyList<Rule> Concerning(IReadOnlyList<EventKind> kinds) => [.. index.Concerning(kinds).Select(r => r.Rule)];

    /// <summary>The same with what each rule says about events.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <param name="sent">Which kinds have been sent; nothing to have every rule count.</param>
    internal IReadOnlyList<IndexedRule> Indexed(IReadOnlyList<EventKind> kinds, SentKinds? sent)
    {
        var concerning = index.Concerning(kinds);
        concerning.RemoveAll(r => !IsFed(r.Rule, sent));
        return concerning;
    }

    private static bool IsFed(Rule rule, SentKinds? sent) => !rule.OnlyWhereSent || sent is null || rule.Editions.Any(e => e.MetBy.Any(t => sent.Has(t.Kind)));

    /// <summary>A rule by id; nothing when there is none.</summary>
    public Rule? Find(string id) => byId.GetValueOrDefault(id);
}
