using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Tests.Events;

/// <summary>Bodies of events as a careful sender would write them.</summary>
internal static class Samples
{
    public static readonly DateOnly Today = new(2026, 9, 10);

    /// <summary>A right body of a kind, with every member that it can have.</summary>
    public static JsonObject Body(EventKind kind)
    {
        var body = new JsonObject();
        foreach (var member in kind.Members.Where(m => m.Name is not "expectedDateOfBirth"))
        {
            body[member.Name] = member.Item is null ? Value(member, member.Type) : new JsonArray(Value(member, member.Item));
        }

        return body;
    }

    public static JsonObject Visit() => new()
    {
        ["child"] = "C1",
        ["on"] = "2026-09-07",
        ["purpose"] = "child_protection",
        ["seen"] = true,
        ["seenAlone"] = true,
    };

    public static JsonElement Element(this JsonNode node) => JsonDocument.Parse(node.ToJsonString()).RootElement;

    private static JsonNode Value(EventMember member, Type type) => type switch
    {
        _ when member.Words.Count > 0 => member.Words[^1],
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 5,
        _ when type == typeof(DateOnly) || type == typeof(Happened) => Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ when type == typeof(JsonElement) => new JsonObject { ["seen"] = true },
        _ => $"{member.Name}-1",
    };
}
