using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>What a saying adds to what is already known.</summary>
internal enum Novelty
{
    /// <summary>Not known before: an event.</summary>
    New,

    /// <summary>Known with another value: a correction, and both are kept.</summary>
    Corrected,

    /// <summary>Known, the same.</summary>
    Unchanged,

    /// <summary>Half a fact: it has no date, and none is known.</summary>
    Incomplete,
}

/// <summary>
/// Turns what a feed says today into events, by comparing it with what the same feed said before. Feeds that send the same facts every day then
/// add nothing; a changed fact becomes a correction. Only the feed's own facts count: what a person corrected stays corrected however often
/// the feed repeats its old value. Absent means unchanged.
/// </summary>
internal sealed partial class Differences
{
    private readonly Dictionary<string, Standing> standing = new(StringComparer.Ordinal);
    private readonly List<Incoming> events = [];
    private readonly string source;
    private readonly string child;

    /// <summary>Starts from the facts of one child's stream, all of them, in the order received.</summary>
    public Differences(string source, string child, IEnumerable<Fact> known)
    {
        this.source = source;
        this.child = child;
        foreach (var fact in known.Where(f => f.Source == source))
        {
            Remember(fact.EventId, fact.Event);
        }
    }

    /// <summary>The events that today's sayings add.</summary>
    public IReadOnlyList<Incoming> Events => events;

    /// <summary>How many sayings were known already.</summary>
    public int Unchanged { get; private set; }

    /// <summary>What the feed says that has not been taken back, under the fact's lasting key.</summary>
    public IEnumerable<KeyValuePair<string, PracticeEvent>> Live =>
        standing.Where(s => !s.Value.TakenBack).Select(s => KeyValuePair.Create(s.Key, s.Value.Event));

    /// <summary>What the feed last said under a key, unless it took it back.</summary>
    public PracticeEvent? Find(string key) => standing.TryGetValue(key, out var s) && !s.TakenBack ? s.Event : null;

    /// <summary>Takes one fact. An event whose <see cref="PracticeEvent.On"/> was not given takes the date known before.</summary>
    public Novelty Say(string key, PracticeEvent said)
    {
        var known = standing.GetValueOrDefault(key);
        var dated = said.On.Date != default ? said : said with { On = known?.Event.On ?? default };
        if (dated.On.Date == default)
        {
            return Novelty.Incomplete;
        }

        if (known is null or { TakenBack: true })
        {
            var id = known is null ? key : Numbered(key, 'r', known.Retractions);
            Add(id, dated);
            return Novelty.New;
        }

        var merged = Merge(known.Event, dated);
        if (EventJson.Write(merged) == EventJson.Write(known.Event))
        {
            Unchanged++;
            return Novelty.Unchanged;
        }

        Add(Numbered(key, 'c', known.Corrections + 1), new Corrected
        {
            Child = child,
            On = merged.On,
            Event = known.LiveId,
            Source = source,
            Data = JsonSerializer.SerializeToElement(merged, merged.GetType(), EventJson.Options),
        });
        return Novelty.Corrected;
    }

    /// <summary>Takes back every fact whose key is this, or begins with this and a slash; those already taken back stay so. Returns how many.</summary>
    public int TakeBack(string key)
    {
        var gone = standing.Where(s => !s.Value.TakenBack && (s.Key == key || s.Key.StartsWith(key + "/", StringComparison.Ordinal))).ToList();
        foreach (var (wrong, s) in gone)
        {
            Add(Numbered(wrong, 'x', s.Retractions + 1), new RecordedInError { Child = child, On = s.Event.On, Event = s.LiveId, Source = source });
        }

        return gone.Count;
    }

    private void Add(string id, PracticeEvent e)
    {
        events.Add(new Incoming(source, id, e));
        Remember(id, e);
    }

    private void Remember(string id, PracticeEvent e)
    {
        var numbered = Numbering().Match(id);
        var key = numbered.Success ? numbered.Groups["key"].Value : id;
        var known = standing.GetValueOrDefault(key);
        standing[key] = (e, known) switch
        {
            (RecordedInError, { } k) => k with { TakenBack = true, Retractions = k.Retractions + 1 },
            (Corrected c, { } k) => k with { Event = Right(k.Event, c), Corrections = k.Corrections + 1 },
            (_, { } k) => k with { Event = e, LiveId = id, TakenBack = false },
            (_, null) => new Standing(id, e),
        };
    }

    private static PracticeEvent Right(PracticeEvent wrong, Corrected correction) =>
        EventJson.Read(EventCatalogue.KindOf(wrong), correction.Data.GetRawText());

    // What was not given this time keeps the value it had.
    private static PracticeEvent Merge(PracticeEvent known, PracticeEvent said)
    {
        var body = JsonNode.Parse(EventJson.Write(said))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(EventJson.Write(known))!.AsObject().Where(m => !body.ContainsKey(m.Key)))
        {
            body[name] = value?.DeepClone();
        }

        // A birth, once dated, is no longer expected.
        return EventJson.Read(EventCatalogue.KindOf(said), body.ToJsonString()) is ChildRegistered { DateOfBirth: not null } born
            ? born with { ExpectedDateOfBirth = null }
            : EventJson.Read(EventCatalogue.KindOf(said), body.ToJsonString());
    }

    private static string Numbered(string key, char kind, int n) => string.Create(CultureInfo.InvariantCulture, $"{key}/{kind}{n}");

    [GeneratedRegex(@"^(?<key>.+)/[cxr][0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Numbering();

    /// <summary>What the feed last said under one key.</summary>
    private sealed record Standing(string LiveId, PracticeEvent Event)
    {
        public bool TakenBack { get; init; }

        public int Corrections { get; init; }

        public int Retractions { get; init; }
    }
}
