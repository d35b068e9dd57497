using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PracticeEvents.Store;

/// <summary>What PostgreSQL can hold of an event, and the hash that tells whether two events say the same.</summary>
internal static class EventBody
{
    private const int LongestKey = 1000;
    private const int LongestNumber = 300;
    private const int LargestExponent = 1000;

    /// <summary>Why the event cannot be stored, in words; nothing when it can.</summary>
    public static string? Refusal(NewEvent e) =>
        Unfit("The stream name", e.Stream, LongestKey)
        ?? Unfit("The event type", e.Type, 500)
        ?? Unfit("The source", e.Source, LongestKey)
        ?? Unfit("The event id", e.EventId, LongestKey)
        ?? UnfitIfGiven("The .NET type", e.DotNetType)
        ?? UnfitIfGiven("The correlation id", e.CorrelationId)
        ?? UnfitIfGiven("The causation id", e.CausationId)
        ?? UnfitIfGiven("The user name", e.UserName)
        ?? UnfitJson("body", e.Data)
        ?? (e.Headers is null ? null : UnfitJson("headers", e.Headers));

    /// <summary>SHA-256 over stream, type and body, the body with its members sorted and its white space dropped.</summary>
    /// <remarks>Only for an event that has no <see cref="Refusal"/>.</remarks>
    public static byte[] Hash(NewEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(e.Data.Length + 128);
        buffer.Write(Encoding.UTF8.GetBytes($"{e.Stream}\0{e.Type}\0"));
        using var document = JsonDocument.Parse(e.Data);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(document.RootElement, writer);
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>The caller's headers with the store's own <c>source</c> and <c>id</c>.</summary>
    public static string Headers(NewEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (e.Headers is not null)
            {
                using var document = JsonDocument.Parse(e.Headers);
                foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Name is not ("source" or "id")))
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteString("source", e.Source);
            writer.WriteString("id", e.EventId);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string? UnfitIfGiven(string what, string? text) =>
        text is null ? null : IsText(text) ? null : $"{what} has a character that cannot be stored.";

    private static string? Unfit(string what, string text, int longest) =>
        text.Length == 0 ? $"{what} is missing."
        : Encoding.UTF8.GetByteCount(text) > longest ? $"{what} is longer than {longest} bytes."
        : UnfitIfGiven(what, text);

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && (!char.IsHighSurrogate(text[i]) || ++i == text.Length || !char.IsLowSurrogate(text[i]))))
            {
                return false;
            }
        }

        return true;
    }

    private static string? UnfitJson(string what, string json)
    {
        if (!IsText(json))
        {
            return $"The {what} has a character that cannot be stored.";
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind != JsonValueKind.Object ? $"The {what} is not a JSON object."
                : IsStorable(document.RootElement) ? null : $"The {what} has a number or a character that cannot be stored.";
        }
        catch (JsonException)
        {
            return $"The {what} is not JSON.";
        }
        catch (InvalidOperationException)
        {
            return $"The {what} has a character that cannot be stored.";
        }
    }

    private static bool IsStorable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => IsText(member.Name) && IsStorable(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
        JsonValueKind.String => IsText(value.GetString()!),
        JsonValueKind.Number => IsModest(value.GetRawText()),
        _ => true,
    };

    private static bool IsModest(string number)
    {
        var e = number.IndexOfAny(['e', 'E']);
        return number.Length <= LongestNumber
            && (e < 0 || (int.TryParse(number.AsSpan(e + 1), out var exponent) && Math.Abs(exponent) <= LargestExponent));
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                // A name said twice counts once, by its last value, as jsonb keeps it.
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }

                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(member, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
