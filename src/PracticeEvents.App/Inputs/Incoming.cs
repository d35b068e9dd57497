using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>An event read from a payload and checked, ready to be appended.</summary>
/// <param name="Source">CloudEvents source: who said it. With the id, a permanent unique key.</param>
/// <param name="Id">CloudEvents id.</param>
/// <param name="Event">What happened.</param>
/// <param name="Time">When it happened, as the envelope has it; may be absent.</param>
/// <param name="RecordedAt">When the worker recorded it in the case system; may be absent.</param>
/// <param name="CorrelationId">The sender's correlation id.</param>
/// <param name="CausationId">The sender's causation id.</param>
/// <param name="Load">The load of history that it belongs to, or nothing for an event of the day.</param>
internal sealed record Incoming(
    string Source, string Id, PracticeEvent Event, DateTimeOffset? Time = null, DateTimeOffset? RecordedAt = null,
    string? CorrelationId = null, string? CausationId = null, string? Load = null)
{
    private static readonly ConcurrentDictionary<Type, string> DotNetTypes = new();

    /// <summary>The event as the store takes it. <paramref name="sender"/> is the registered source that proved itself.</summary>
    public NewEvent ToNewEvent(DateTimeOffset receivedAt, string sender)
    {
        var kind = EventCatalogue.KindOf(Event);
        return new NewEvent(
            EventKind.StreamOf(Event), kind.Alias,
            DotNetTypes.GetOrAdd(kind.Record, type => $"{type.FullName}, {type.Assembly.GetName().Name}"),
            EventJson.Write(Event), Source, Id, receivedAt)
        {
            CorrelationId = CorrelationId,
            CausationId = CausationId,
            UserName = Event.By,
            Headers = HeadersOf(sender),
        };
    }

    private string HeadersOf(string sender)
    {
        var buffer = new ArrayBufferWriter<byte>(192);
        using (var headers = new Utf8JsonWriter(buffer))
        {
            headers.WriteStartObject();
            Put(headers, "sender", sender);
            Put(headers, "time", Time is { } time ? Rfc3339.Write(time) : null);
            Put(headers, "recordedtime", RecordedAt is { } recorded ? Rfc3339.Write(recorded) : null);
            Put(headers, "load", Load);
            headers.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Put(Utf8JsonWriter headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.WriteString(name, value);
        }
    }
}
