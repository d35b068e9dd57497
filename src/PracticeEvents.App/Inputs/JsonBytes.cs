using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads JSON from outside without ever throwing, and refuses what is JSON but could not be stored.</summary>
internal static class JsonBytes
{
    private const string HalfPair = "A text contains half of a surrogate pair.";

    /// <summary>Reads one JSON value; when it cannot, says why in words.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="why">Why it cannot be read.</param>
    /// <param name="repeats">Whether a name may come twice in an object: only where each part is read again by itself.</param>
    public static JsonElement? Read(ReadOnlyMemory<byte> body, out string why, bool repeats = false)
    {
        why = "";
        var bytes = body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        if (!Utf8.IsValid(bytes.Span))
        {
            why = "The body is not valid UTF-8.";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = repeats, MaxDepth = 64 });
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            why = $"The body is not readable JSON{Place(e)}.";
        }
        catch (InvalidOperationException)
        {
            why = "The body has half of a surrogate pair in a member's name.";
        }

        return null;
    }

    /// <summary>Why a JSON value cannot be kept, or nothing when it can: text that is no Unicode, a NUL, a number beyond any measure.</summary>
    public static string? Unkeepable(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if ((BadText(member) ?? Unkeepable(member.Value)) is { } why)
                    {
                        return why;
                    }
                }

                return null;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (Unkeepable(item) is { } why)
                    {
                        return why;
                    }
                }

                return null;
            case JsonValueKind.String:
                return BadText(value);
            case JsonValueKind.Number:
                return BadNumber(value.GetRawText());
            default:
                return null;
        }
    }

    private static string? BadText(JsonProperty member)
    {
        try
        {
            return BadText(member.Name);
        }
        catch (InvalidOperationException)
        {
            return HalfPair;
        }
    }

    private static string? BadText(JsonElement value)
    {
        try
        {
            return BadText(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return HalfPair;
        }
    }

    private static string? BadText(string text) => text.Contains('\0', StringComparison.Ordinal) ? "A text contains the character U+0000." : null;

    private static string Place(JsonException e) => e.LineNumber is null
        ? ", or a name comes twice in one object"
        : string.Create(CultureInfo.InvariantCulture, $" (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");

    // The database keeps numbers exactly, digit for digit, so a short text such as 1e999999 would be a very long number.
    private static string? BadNumber(string number)
    {
        var exponent = number.IndexOfAny(['e', 'E']);
        return number.Length > 64 || (exponent >= 0 && number[(exponent + 1)..].TrimStart('+', '-').TrimStart('0').Length > 2)
            ? "A number is too long or too large."
            : null;
    }
}
