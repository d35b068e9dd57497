using System.Runtime.InteropServices;
using System.Text.Json;

namespace PracticeEvents.Domain.Events;

/// <summary>The outer bounds of an event's data, whatever its type: what a sender may keep in members that the catalogue does not know.</summary>
public static class EventBody
{
    /// <summary>The most members.</summary>
    public const int MostMembers = 50;

    /// <summary>The most UTF-8 bytes: 64 KiB.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>The deepest that objects and lists may lie inside each other, the data itself counted.</summary>
    public const int Deepest = 8;

    /// <summary>The members that were given, null meaning not given for a known one; nothing when the data is no object that can be kept.</summary>
    internal static Dictionary<string, JsonElement>? Open(JsonElement data, EventKind kind, string path, List<Problem> problems)
    {
        if (data.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(new(path.TrimEnd('.') is { Length: > 0 } p ? p : null, "The event's data must be a JSON object."));
            return null;
        }

        if (JsonMarshal.GetRawUtf8Value(data).Length > MostBytes)
        {
            problems.Add(new(null, "The event's data is larger than 64 KiB."));
            return null;
        }

        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var count = 0;
        foreach (var property in data.EnumerateObject())
        {
            count++;
            if (Name(property) is not { } name)
            {
                problems.Add(new(null, "The event's data has a member whose name holds a character that cannot be kept."));
            }
            else if (!given.TryAdd(name, property.Value))
            {
                problems.Add(new(Shown(path, name), $"{Shown(path, name)} is given twice."));
            }
            else if ((kind.Member(name)?.Type ?? typeof(JsonElement)) == typeof(JsonElement) && Unkeepable(property.Value, depth: 2) is { } why)
            {
                problems.Add(new(Shown(path, name), $"{Shown(path, name)} {why}."));
            }
        }

        if (count > MostMembers)
        {
            problems.Add(new(null, $"The event's data has {count} members; at most {MostMembers} are kept."));
        }

        foreach (var member in kind.Members.Where(m => given.TryGetValue(m.Name, out var v) && v.ValueKind is JsonValueKind.Null))
        {
            given.Remove(member.Name);
        }

        return given;
    }

    /// <summary>The text of a JSON string; nothing for anything else, or when it is not Unicode text, as with half a surrogate pair.</summary>
    internal static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name is var name && !name.Any(char.IsControl) ? name : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shown(string path, string name) => Code.IsValid(name) ? path + name : path + "a member";

    /// <summary>Why a value that no type describes cannot be kept as jsonb without changing it; nothing when it can.</summary>
    private static string? Unkeepable(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array when depth > Deepest => $"lies deeper than {Deepest} levels",
        JsonValueKind.Array => value.EnumerateArray().Select(item => Unkeepable(item, depth + 1)).FirstOrDefault(why => why is not null),
        JsonValueKind.Object => UnkeepableObject(value, depth),
        JsonValueKind.String when Text(value) is not { } text || text.Contains('\0') => "holds a character that cannot be kept",
        JsonValueKind.Number when !IsModest(value) => "holds a number that is too long or too large",
        _ => null,
    };

    private static string? UnkeepableObject(JsonElement value, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (Name(property) is not { } name)
            {
                return "has a member whose name holds a character that cannot be kept";
            }

            if (!names.Add(name))
            {
                return "has a member that is given twice";
            }

            if (Unkeepable(property.Value, depth + 1) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>PostgreSQL refuses numbers whose exponent runs away, and they mean nothing here.</summary>
    private static bool IsModest(JsonElement number) =>
        JsonMarshal.GetRawUtf8Value(number).Length <= 40 && number.TryGetDouble(out var d) && Math.Abs(d) < 1e100
        && (d != 0 || JsonMarshal.GetRawUtf8Value(number).IndexOfAny("eE"u8) < 0);
}
