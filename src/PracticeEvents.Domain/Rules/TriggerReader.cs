using System.Text.Json;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Rules;

/// <summary>Reads which events a rule speaks of, and refuses events, members and words that do not exist.</summary>
internal static class TriggerReader
{
    public static Trigger? Read(RuleText text) => Read(text, isStop: false);

    public static Trigger? ReadStop(RuleText text) => Read(text, isStop: true);

    private static Trigger? Read(RuleText text, bool isStop)
    {
        var name = text.Text("event");
        var kind = EventCatalogue.Find(name);
        if (kind is null)
        {
            text.Wrong("event", $"there is no event \"{name}\".");
        }

        var where = text.Object("where", w => kind is null ? [] : w.Others().ToList().ConvertAll(p => Condition(w, kind, p)).OfType<Condition>().ToList()) ?? [];
        var trigger = new Trigger(kind ?? EventCatalogue.All[0], where)
        {
            Nth = text.Has("nth") ? text.Word<Nth>("nth") : null,
            Continues = text.Flag("continues"),
            AnyRef = text.Flag("anyRef"),
            When = text.List("when", CircumstanceReader.Read),
            Repeated = text.Has("times") ? new Repeated(text.Number("times"), text.Span("inLast")) : null,
            Supersedes = isStop && text.Flag("supersedes"),
            Because = isStop ? text.Text("because") : null,
        };
        return kind is null ? null : trigger;
    }

    private static Condition? Condition(RuleText text, EventKind kind, JsonProperty property)
    {
        text.Member(property.Name);
        if (kind.Member(property.Name) is not { } member)
        {
            text.Wrong(property.Name, $"the event {kind.Alias} has no such member.");
            return null;
        }

        var values = property.Value.ValueKind is JsonValueKind.Array ? property.Value.EnumerateArray().ToList() : [property.Value];
        var allowed = values.ConvertAll(v => Value(member, v));
        if (allowed.Contains(null))
        {
            text.Wrong(property.Name, member.Words.Count > 0 ? $"must be one of {string.Join(", ", member.Words)}." : $"cannot be {property.Value.GetRawText()}.");
        }

        return new Condition(member, [.. allowed.OfType<object>()]);
    }

    private static object? Value(EventMember member, JsonElement value)
    {
        try
        {
            return value.Deserialize(member.Type, EventJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
