using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PracticeEvents.App.Inputs;

/// <summary>The attributes of a CloudEvent in binary mode: one <c>ce-</c> header each.</summary>
internal static class CloudEventHeaders
{
    private const string Prefix = "ce-";

    /// <summary>True when the request has any CloudEvents header.</summary>
    public static bool Any(IEnumerable<KeyValuePair<string, string>> headers) => headers.Any(IsAttribute);

    /// <summary>
    /// The event in structured mode, so that it can be kept whole and replayed. When a header cannot be decoded, its name is given and the event
    /// is as good as it can be made.
    /// </summary>
    public static byte[] ToStructured(IEnumerable<KeyValuePair<string, string>> headers, string contentType, ReadOnlyMemory<byte> body, out string? undecodable)
    {
        undecodable = null;
        var buffer = new ArrayBufferWriter<byte>(body.Length + 512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var (header, value) in headers.Where(IsAttribute))
        {
            var name = header[Prefix.Length..].ToLowerInvariant();
            var decoded = Decode(value);
            undecodable ??= decoded is null ? name : null;
            if (name is not ("data" or "data_base64" or "datacontenttype"))
            {
                json.WriteString(name, decoded ?? value);
            }
        }

        json.WriteString("datacontenttype", contentType);
        if (JsonBytes.Read(body, out _) is not null)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(WithoutMark(body.Span), skipInputValidation: true);
        }
        else if (body.Length > 0)
        {
            json.WriteBase64String("data_base64", body.Span);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Decodes a header value: percent-encoded UTF-8 in any case, needless encodings, and the quoted strings of old senders.
    /// Nothing when it is not valid UTF-8.
    /// </summary>
    public static string? Decode(string value)
    {
        var text = value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? Unquote(value[1..^1]) : value;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i++, 2));
            }
            else if (char.IsSurrogate(text[i]))
            {
                return null;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
            }
        }

        var all = bytes.ToArray();
        return Utf8.IsValid(all) ? Encoding.UTF8.GetString(all) : null;
    }

    private static string Unquote(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        }

        return plain.ToString();
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    private static bool IsAttribute(KeyValuePair<string, string> header) =>
        header.Key.Length > Prefix.Length && header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
}
