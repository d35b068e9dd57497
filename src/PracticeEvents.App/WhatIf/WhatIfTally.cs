using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.WhatIf;

/// <summary>Counts what two sides say, child by child. One for each range, added up at the end.</summary>
internal sealed class WhatIfTally(WorkingDays calendar)
{
    /// <summary>The most children or duties of one kind that are named.</summary>
    public const int Most = 100;

    private readonly Dictionary<(DateOnly Week, Role Role), Pair> weeks = [];
    private readonly Dictionary<string, Pair> recipients = new(StringComparer.Ordinal);
    private readonly List<FlaggedChildJson> newly = [];
    private readonly List<FlaggedChildJson> noLonger = [];
    private readonly List<BreachJson> breaches = [];
    private Pair alerts, onlyHere, flagged, breached;
    private int children, notReplayed;
    private long loaded;

    /// <summary>A count on each side.</summary>
    private record struct Pair(int Before, int After)
    {
        public static Pair operator +(Pair a, Pair b) => new(a.Before + b.Before, a.After + b.After);
    }

    /// <summary>Counts a child who cannot be replayed.</summary>
    public void AddUnreadable() => notReplayed++;

    /// <summary>Counts a child.</summary>
    /// <param name="loadedEvents">How many of its events came with a load.</param>
    /// <param name="before">What the rules in use say, in order of time.</param>
    /// <param name="after">What the candidate says, in order of time.</param>
    public void Add(int loadedEvents, IReadOnlyList<Said> before, IReadOnlyList<Said> after)
    {
        children++;
        loaded += loadedEvents;
        alerts += new Pair(before.Count, after.Count);
        flagged += new Pair(Math.Min(1, before.Count), Math.Min(1, after.Count));
        onlyHere += new Pair(Missing(before, after), Missing(after, before));
        Count(before, new Pair(1, 0));
        Count(after, new Pair(0, 1));
        if (before.Count == 0 && after is [var first, ..])
        {
            newly.Add(Flagged(first));
        }
        else if (after.Count == 0 && before is [var last, ..])
        {
            noLonger.Add(Flagged(last));
        }

        Compare(Breaches(before), Breaches(after));
    }

    /// <summary>Adds another range.</summary>
    public void Add(WhatIfTally other)
    {
        (children, notReplayed, loaded) = (children + other.children, notReplayed + other.notReplayed, loaded + other.loaded);
        (alerts, onlyHere, flagged, breached) = (alerts + other.alerts, onlyHere + other.onlyHere, flagged + other.flagged, breached + other.breached);
        Merge(weeks, other.weeks);
        Merge(recipients, other.recipients);
        newly.AddRange(other.newly);
        noLonger.AddRange(other.noLonger);
        breaches.AddRange(other.breaches);
    }

    /// <summary>What it comes to.</summary>
    public WhatIfJson Answer(WhatIfPeriod period, IEnumerable<string> rules)
    {
        var told = recipients.Values.Aggregate(default(Pair), (sum, r) => sum + new Pair(Math.Min(1, r.Before), Math.Min(1, r.After)));
        return new WhatIfJson(
            period.From, period.To, [.. rules.Order(StringComparer.Ordinal)], children, notReplayed, loaded, onlyHere is { Before: 0, After: 0 },
            new SideJson(alerts.Before, onlyHere.Before, flagged.Before, told.Before, breached.Before),
            new SideJson(alerts.After, onlyHere.After, flagged.After, told.After, breached.After),
            [.. weeks.OrderBy(w => w.Key.Week).ThenBy(w => w.Key.Role).Select(w => new WeekJson(w.Key.Week, w.Key.Role, w.Value.Before, w.Value.After))],
            List(newly),
            List(noLonger),
            new BreachesJson(
                List(breaches.Where(b => b.Before > b.After)), List(breaches.Where(b => b.Before < b.After)),
                List(breaches.Where(b => b.Before is null)), List(breaches.Where(b => b.After is null))),
            List(recipients.Where(r => r.Value.Before == 0).Select(r => new RecipientJson(r.Key, r.Value.After))),
            List(recipients.Where(r => r.Value.After == 0).Select(r => new RecipientJson(r.Key, r.Value.Before))));
    }

    private void Count(IReadOnlyList<Said> side, Pair one)
    {
        foreach (var said in side)
        {
            var monday = said.On.AddDays(-(((int)said.On.DayOfWeek + 6) % 7));
            weeks[(monday, said.Role)] = weeks.GetValueOrDefault((monday, said.Role)) + one;
            recipients[said.To] = recipients.GetValueOrDefault(said.To) + one;
        }
    }

    private void Compare(Dictionary<(string Rule, Guid Occurrence), Said> before, Dictionary<(string Rule, Guid Occurrence), Said> after)
    {
        breached += new Pair(before.Count, after.Count);
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var (was, would) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was?.On != would?.On)
            {
                breaches.Add(new BreachJson(
                    (was ?? would)!.Child, key.Rule, key.Occurrence, was?.On, would?.On, was is null || would is null ? null : Math.Abs(calendar.Between(would.On, was.On))));
            }
        }
    }

    private static Dictionary<(string Rule, Guid Occurrence), Said> Breaches(IReadOnlyList<Said> side)
    {
        var first = new Dictionary<(string, Guid), Said>();
        foreach (var said in side)
        {
            if (said.IsBreach)
            {
                first.TryAdd((said.Rule, said.Occurrence), said);
            }
        }

        return first;
    }

    // How much of one side the other does not say, counting what is said twice twice.
    private static int Missing(IReadOnlyList<Said> side, IReadOnlyList<Said> other)
    {
        static (string, AlertStage, DueDate, DateOnly) Key(Said said) => (said.Alert, said.Stage, said.Due, said.On);
        if (side.Count == 0 || other.Count == 0)
        {
            return side.Count;
        }

        var there = other.CountBy(Key).ToDictionary();
        return side.CountBy(Key).Sum(s => Math.Max(0, s.Value - there.GetValueOrDefault(s.Key)));
    }

    private static void Merge<TKey>(Dictionary<TKey, Pair> into, Dictionary<TKey, Pair> from)
        where TKey : notnull
    {
        foreach (var (key, pair) in from)
        {
            into[key] = into.GetValueOrDefault(key) + pair;
        }
    }

    private static FlaggedChildJson Flagged(Said said) => new(said.Child, said.Rule, said.Stage, said.On);

    private static FlaggedJson List(List<FlaggedChildJson> all) => new(all.Count, [.. all.OrderBy(c => c.Child, StringComparer.Ordinal).Take(Most)]);

    // Those who gain or lose most come first.
    private static BreachListJson List(IEnumerable<BreachJson> some)
    {
        var all = some.ToList();
        return new(
            all.Count, all.Sum(b => b.WorkingDays ?? 0),
            [.. all.OrderByDescending(b => b.WorkingDays).ThenBy(b => b.Child, StringComparer.Ordinal)
                .ThenBy(b => b.Rule, StringComparer.Ordinal).ThenBy(b => b.Occurrence).Take(Most)]);
    }

    private static RecipientsJson List(IEnumerable<RecipientJson> some)
    {
        var all = some.ToList();
        return new(all.Count, [.. all.OrderByDescending(r => r.Alerts).ThenBy(r => r.Worker, StringComparer.Ordinal).Take(Most)]);
    }
}
