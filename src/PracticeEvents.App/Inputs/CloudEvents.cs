using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PracticeEvents.App.Inputs;

/// <summary>One event of a CloudEvents request: read, or refused with one reason in words.</summary>
/// <param name="Id">Its id, when it has one that is a text.</param>
/// <param name="Raw">The event as it came, in structured mode, to be kept in the inbox.</param>
/// <param name="Event">The event; nothing when it is refused.</param>
/// <param name="Refusal">Why it is refused; nothing when it was read.</param>
internal sealed record CloudEventRead(string? Id, ReadOnlyMemory<byte> Raw, Incoming? Event, string? Refusal);

/// <summary>Why a whole request cannot be taken.</summary>
/// <param name="Status">HTTP status: 400, 413 or 415.</param>
/// <param name="Why">One sentence.</param>
internal sealed record BodyFault(int Status, string Why);

/// <summary>A CloudEvents request: its events in the order sent, or why it cannot be taken at all.</summary>
internal sealed record CloudEventsBody(IReadOnlyList<CloudEventRead> Events, BodyFault? Fault = null);

/// <summary>Reads CloudEvents 1.0 over HTTP in structured, binary and batch mode. No bytes make it throw.</summary>
internal static class CloudEvents
{
    /// <summary>Largest body, in bytes.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>Most events in a batch.</summary>
    public const int MostEvents = 1000;

    /// <summary>Largest single event, in bytes.</summary>
    public const int MostEventBytes = 64 * 1024;

    /// <summary>Limits in words, as they are published.</summary>
    public static readonly string Limits = string.Create(
        CultureInfo.InvariantCulture, $"At most {MostBytes} bytes in a request, {MostEvents} events in a batch and {MostEventBytes} bytes in an event are taken.");

    /// <summary>Reads a request. The mode is told by the beginning of the content type.</summary>
    public static CloudEventsBody Read(string? contentType, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, DateOnly today)
    {
        if (body.Length > MostBytes)
        {
            return Fault(413, $"The body is too large. {Limits}");
        }

        var type = contentType?.Trim() ?? "";
        if (!IsUtf8(type))
        {
            return Fault(415, "Only UTF-8 is taken.");
        }

        return Begins(type, "application/cloudevents-batch") ? Json(type, () => Batch(body, today))
            : Begins(type, "application/cloudevents") ? Json(type, () => Structured(body, today))
            : CloudEventHeaders.Any(headers) ? Binary(type, headers, body, today)
            : Fault(415, "Send CloudEvents 1.0: application/cloudevents+json, application/cloudevents-batch+json, or JSON with ce- headers.");
    }

    private static CloudEventsBody Json(string type, Func<CloudEventsBody> read) =>
        type.Split(';')[0].TrimEnd().EndsWith("+json", StringComparison.OrdinalIgnoreCase) ? read() : Fault(415, "Of the CloudEvents formats, only JSON is taken.");

    private static CloudEventsBody Structured(ReadOnlyMemory<byte> body, DateOnly today) =>
        body.Length > MostEventBytes ? Fault(413, $"The event is too large. {Limits}")
        : JsonBytes.Read(body, out var why) is not { } value ? Fault(400, why)
        : value.ValueKind != JsonValueKind.Object ? Fault(400, "The body is not a JSON object.")
        : new([CloudEventObject.Read(value, body, today)]);

    private static CloudEventsBody Batch(ReadOnlyMemory<byte> body, DateOnly today)
    {
        if (JsonBytes.Read(body, out var why, repeats: true) is not { } value)
        {
            return Fault(400, why);
        }

        return value.ValueKind != JsonValueKind.Array ? Fault(400, "The body is not a JSON array of events.")
            : value.GetArrayLength() > MostEvents ? Fault(413, $"The batch is too long. {Limits}")
            : new([.. value.EnumerateArray().Select(e => One(Encoding.UTF8.GetBytes(e.GetRawText()), today))]);
    }

    /// <summary>Reads one event of several by itself from its own bytes, so that one that is bad does not fail its neighbours.</summary>
    public static CloudEventRead One(byte[] raw, DateOnly today) =>
        raw.Length > MostEventBytes ? new(null, raw, null, $"The event is too large. {Limits}")
        : JsonBytes.Read(raw, out var why) is not { } value ? new(null, raw, null, why)
        : CloudEventObject.Read(value, raw, today);

    private static CloudEventsBody Binary(string type, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, DateOnly today)
    {
        if (!CloudEventObject.IsJson(type))
        {
            return Fault(415, "Only events with JSON data are taken.");
        }

        if (body.Length > MostEventBytes)
        {
            return Fault(413, $"The event is too large. {Limits}");
        }

        var raw = CloudEventHeaders.ToStructured(headers, type, body, out var undecodable);
        return undecodable is { } name
            ? new([new(null, raw, null, $"The header ce-{name} is not percent-encoded UTF-8.")])
            : JsonBytes.Read(raw, out var why) is { } value ? new([CloudEventObject.Read(value, raw, today)])
            : new([new(null, raw, null, why)]);
    }

    private static bool IsUtf8(string type) =>
        type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase) is var at
        && (at < 0 || type[(at + "charset=".Length)..].Split(';')[0].Trim().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static bool Begins(string type, string with) => type.StartsWith(with, StringComparison.OrdinalIgnoreCase);

    private static CloudEventsBody Fault(int status, string why) => new([], new BodyFault(status, why));
}
