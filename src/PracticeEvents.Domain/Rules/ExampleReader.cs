using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Rules;

/// <summary>Reads the worked examples of a rule file.</summary>
internal static class ExampleReader
{
    private const string Child = "example";

    public static Example? Read(RuleText text)
    {
        var title = text.Text("title");
        var asAt = Instant(text, "asAt");
        var facts = text.List("events", e => Fact(e));
        if (facts.Count == 0)
        {
            text.Wrong("events", "an example needs at least one event.");
        }

        var numbered = facts.Select((f, n) => f with { EventId = $"e{n + 1}", Id = new Guid(n + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]) });
        return new Example(title, [.. numbered], asAt, text.List("expect", Expected));
    }

    private static Fact? Fact(RuleText text)
    {
        var type = text.Text("type");
        var recorded = text.Has("recordedAt") ? Instant(text, "recordedAt") : default(DateTimeOffset?);
        if (EventCatalogue.Find(type) is not { AboutChild: true } kind)
        {
            text.Wrong("type", $"there is no event \"{type}\" about a child.");
            text.Others().ToList().ForEach(p => text.Member(p.Name));
            return null;
        }

        var body = new JsonObject { ["child"] = Child };
        foreach (var member in text.Others().ToList())
        {
            text.Member(member.Name);
            body[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        try
        {
            var read = EventJson.Read(kind, body.ToJsonString());
            var at = recorded ?? read.On.Instant;
            return new Fact(Guid.Empty, "/example", "", read, at, at);
        }
        catch (JsonException e)
        {
            text.Wrong("type", $"the event cannot be read: {e.Message}");
            return null;
        }
    }

    private static ExpectedDuty Expected(RuleText text) =>
        new(text.Text("due"), text.Text("status"), text.OptionalText("planBy"), text.OptionalText("metOn"), text.Texts("inRecord"));

    private static DateTimeOffset Instant(RuleText text, string name)
    {
        var value = text.Text(name);
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return London.StartOf(date).AddHours(12);
        }

        if (!Rfc3339.TryParse(value, out var instant))
        {
            text.Wrong(name, "must be a date or a date-time with an offset.");
        }

        return instant;
    }
}
