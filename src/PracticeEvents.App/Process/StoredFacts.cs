using System.Text;
using System.Text.Json;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Turns stored events back into facts.</summary>
internal static class StoredFacts
{
    // Headers are a handful of short words and instants.
    private const int OnStack = 1024;

    /// <summary>The fact that a stored event is.</summary>
    /// <exception cref="UnreadableEventException">The event's type is unknown to this release or its body cannot be read.</exception>
    public static Fact Read(StoredEvent stored)
    {
        try
        {
            var kind = EventCatalogue.Find(stored.Type) ?? throw new UnreadableEventException(stored, $"the type {stored.Type} is unknown to this release");
            return new Fact(stored.Id, stored.Source, stored.EventId, EventJson.Read(kind, stored.Data), Recorded(stored), stored.ReceivedAt, stored.Position);
        }
        catch (JsonException e)
        {
            throw new UnreadableEventException(stored, e.Message);
        }
    }

    /// <summary>The load that a stored event came with; nothing when it came live.</summary>
    public static string? Load(StoredEvent stored) => Header(stored, "load"u8);

    /// <summary>When the worker recorded it; when it was received, if that was not said.</summary>
    private static DateTimeOffset Recorded(StoredEvent stored) =>
        Rfc3339.TryParse(Header(stored, "recordedtime"u8), out var at) ? at : stored.ReceivedAt;

    private static string? Header(StoredEvent stored, ReadOnlySpan<byte> name)
    {
        var length = Encoding.UTF8.GetMaxByteCount(stored.Headers.Length);
        var utf8 = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        var reader = new Utf8JsonReader(utf8[..Encoding.UTF8.GetBytes(stored.Headers, utf8)]);
        string? found = null;
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(name))
            {
                reader.Read();
                found = reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
            }
        }

        return found;
    }
}

/// <summary>An event in the log cannot be read, or a child's events cannot be worked through together. It stops its child only.</summary>
internal sealed class UnreadableEventException(string message) : Exception(message)
{
    public UnreadableEventException(StoredEvent stored, string why)
        : this($"Event {stored.Position} cannot be read: {why}.")
    {
    }
}
