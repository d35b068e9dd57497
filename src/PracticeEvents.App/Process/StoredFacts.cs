using System.Text.Json;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>Turns stored events back into facts.</summary>
internal static class StoredFacts
{
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
    public static string? Load(StoredEvent stored) => Header(stored, "load");

    /// <summary>When the worker recorded it; when it was received, if that was not said.</summary>
    private static DateTimeOffset Recorded(StoredEvent stored) =>
        Rfc3339.TryParse(Header(stored, "recordedtime"), out var at) ? at : stored.ReceivedAt;

    private static string? Header(StoredEvent stored, string name)
    {
        if (!stored.Headers.Contains($"\"{name}\"", StringComparison.Ordinal))
        {
            return null;
        }

        using var headers = JsonDocument.Parse(stored.Headers);
        return headers.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }
}

/// <summary>An event in the log cannot be read. It stops its child only.</summary>
internal sealed class UnreadableEventException(StoredEvent stored, string why) : Exception($"Event {stored.Position} cannot be read: {why}.");
