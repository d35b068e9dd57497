using System.Text.Json;
using PracticeEvents.App.Process;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads one CloudEvent that is a JSON object: its attributes, then its data as an event of practice.</summary>
internal static class CloudEventObject
{
    // As long as a later correction can name.
    private const int LongestKey = 200;

    private static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement;

    /// <summary>Reads an event. All its problems are told at once.</summary>
    public static CloudEventRead Read(JsonElement e, ReadOnlyMemory<byte> raw, DateOnly today)
    {
        if (e.ValueKind != JsonValueKind.Object)
        {
            return new(null, raw, null, "The event is not a JSON object.");
        }

        if (JsonBytes.Unkeepable(e) is { } unkeepable)
        {
            return new(null, raw, null, unkeepable);
        }

        var problems = new List<string>();
        var given = new Attributes(e, problems);
        var id = given.Key("id");
        var source = given.Key("source");
        if (source is not null && !IsUriReference(source))
        {
            problems.Add("source is not a URI reference.");
        }

        if (source == OwnEvents.Source)
        {
            problems.Add($"source {OwnEvents.Source} is this service's own: what it says itself cannot be sent to it.");
        }

        if (given.Text("specversion", required: true) is { } version && version != "1.0")
        {
            problems.Add("specversion is not 1.0.");
        }

        var type = given.Text("type", required: true);
        var time = given.Instant("time", today);
        var recorded = given.Instant("recordedtime", today);
        if (given.Text("datacontenttype") is { } content && !IsJson(content))
        {
            problems.Add("datacontenttype is not JSON.");
        }

        var told = type is null ? null : Told(e, given, type, time, today, problems);
        return problems.Count > 0 || told is null
            ? new(id, raw, null, string.Join(' ', problems))
            : new(id, raw, new Incoming(source!, id!, told, time, recorded, given.Text("correlationid"), given.Text("causationid")), null);
    }

    /// <summary>True for a content type of JSON.</summary>
    public static bool IsJson(string contentType)
    {
        var media = contentType.Split(';')[0].Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static PracticeEvent? Told(JsonElement e, Attributes given, string type, DateTimeOffset? time, DateOnly today, List<string> problems)
    {
        if (Data(e, problems) is not { } data)
        {
            return null;
        }

        var reading = EventReader.FromBody(type, data, time is { } t ? new Happened(London.DateOf(t)) : null, today, given.Text("subject"));
        problems.AddRange(reading.Problems.Select(p => p.Why));
        return reading.Event;
    }

    private static JsonElement? Data(JsonElement e, List<string> problems)
    {
        var data = Member(e, "data");
        var encoded = Member(e, "data_base64");
        if (data.ValueKind != JsonValueKind.Null && encoded.ValueKind != JsonValueKind.Null)
        {
            problems.Add("data and data_base64 are both given.");
        }
        else if (data.ValueKind != JsonValueKind.Null)
        {
            return data;
        }
        else if (encoded.ValueKind == JsonValueKind.Null)
        {
            problems.Add("data is missing.");
        }
        else if (encoded.ValueKind != JsonValueKind.String || !encoded.TryGetBytesFromBase64(out var bytes))
        {
            problems.Add("data_base64 is not base64.");
        }
        else if (JsonBytes.Read(bytes, out var why) is not { } decoded)
        {
            problems.Add($"In data_base64: {why}");
        }
        else if (JsonBytes.Unkeepable(decoded) is { } unkeepable)
        {
            problems.Add($"In data_base64: {unkeepable}");
        }
        else
        {
            return decoded;
        }

        return null;
    }

    private static JsonElement Member(JsonElement e, string name) => e.TryGetProperty(name, out var value) ? value : Nothing;

    private static bool IsUriReference(string text) =>
        text.All(c => c is > ' ' and < '\x7f' and not ('<' or '>' or '"' or '{' or '}' or '|' or '\\' or '^' or '`'));

    /// <summary>The attributes of one event. A null is absent.</summary>
    private sealed record Attributes(JsonElement Event, List<string> Problems)
    {
        public string? Text(string name, bool required = false)
        {
            var value = Member(Event, name);
            switch (value.ValueKind)
            {
                case JsonValueKind.String when value.GetString() is { Length: > 0 } text:
                    return text;
                case JsonValueKind.Null when !required:
                    return null;
                case JsonValueKind.Null:
                    Problems.Add($"{name} is missing.");
                    return null;
                case JsonValueKind.String:
                    Problems.Add($"{name} is empty.");
                    return null;
                default:
                    Problems.Add($"{name} is not a text.");
                    return null;
            }
        }

        public string? Key(string name)
        {
            if (Text(name, required: true) is not { } key)
            {
                return null;
            }

            if (key.Length <= LongestKey)
            {
                return key;
            }

            Problems.Add($"{name} is longer than {LongestKey} characters.");
            return null;
        }

        public DateTimeOffset? Instant(string name, DateOnly today)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (!Rfc3339.TryParse(text, out var instant))
            {
                Problems.Add($"{name} is not a date-time with an offset, such as 2026-09-07T14:30:00+01:00.");
                return null;
            }

            if (London.DateOf(instant) <= today.AddDays(1))
            {
                return instant;
            }

            Problems.Add($"{name} is in the future.");
            return null;
        }
    }
}
