using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PracticeEvents.Store;

/// <summary>What PostgreSQL can hold of an event, and the headers that go with it.</summary>
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

    /// <summary>The caller's headers with the store's own <c>source</c> and <c>id</c>.</summary>
    /// <remarks>Only for an event that has no <see cref="Refusal"/>.</remarks>
    public static string Headers(NewEvent e)
    {
        var own = $"\"source\":\"{JsonEncodedText.Encode(e.Source)}\",\"id\":\"{JsonEncodedText.Encode(e.EventId)}\"}}";
        if (e.Headers is null)
        {
            return "{" + own;
        }

        // Of a name that is said twice jsonb keeps the last, so the store's own win over the caller's by coming last.
        var given = e.Headers.AsSpan().Trim();
        var open = given[..^1].TrimEnd();
        return open.Length == 1 ? "{" + own : string.Concat(open, ",", own);
    }

    private static string? UnfitIfGiven(string what, string? text) =>
        text is null ? null : IsText(text) ? null : $"{what} has a character that cannot be stored.";

    private static string? Unfit(string what, string text, int longest) =>
        text.Length == 0 ? $"{what} is missing."
        : text.Length > longest / 3 && Encoding.UTF8.GetByteCount(text) > longest ? $"{what} is longer than {longest} bytes."
        : UnfitIfGiven(what, text);

    private static bool IsText(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? !text.Contains('\0') : IsPaired(text);

    private static bool IsPaired(string text)
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

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            return UnfitJson(what, bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)));
        }
        catch (JsonException)
        {
            return $"The {what} is not JSON.";
        }
        catch (InvalidOperationException)
        {
            return $"The {what} has a character that cannot be stored.";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    // Read to the end even when something unfit was met, because text that is no JSON is called that first.
    private static string? UnfitJson(string what, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var isObject = reader.TokenType is JsonTokenType.StartObject;
        var isStorable = true;
        while (reader.Read())
        {
            isStorable = isStorable && reader.TokenType switch
            {
                // Only what is written as an escape can be unfit: the text as a whole was looked at.
                JsonTokenType.PropertyName or JsonTokenType.String => !reader.ValueIsEscaped || IsText(reader.GetString()!),
                JsonTokenType.Number => IsModest(reader.ValueSpan),
                _ => true,
            };
        }

        return !isObject ? $"The {what} is not a JSON object." : isStorable ? null : $"The {what} has a number or a character that cannot be stored.";
    }

    private static bool IsModest(ReadOnlySpan<byte> number)
    {
        var e = number.IndexOfAny((byte)'e', (byte)'E');
        return number.Length <= LongestNumber
            && (e < 0 || (int.TryParse(number[(e + 1)..], CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) <= LargestExponent));
    }
}
