using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PracticeEvents.Domain.Events;

/// <summary>How an event's body is written: camelCase members, closed words in snake_case, nothing written for what was not given.</summary>
public static class EventJson
{
    /// <summary>The one set of options for stored bodies. Changing it changes the storage format.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The body as stored.</summary>
    public static string Write(PracticeEvent e) => JsonSerializer.Serialize(e, e.GetType(), Options);

    /// <summary>Reads a stored body. Bodies were checked before they were stored, so a failure here is broken machinery and throws.</summary>
    public static PracticeEvent Read(EventKind kind, string data) =>
        (PracticeEvent)(JsonSerializer.Deserialize(data, kind.Record, Options) ?? throw new JsonException($"the body of a {kind.Alias} is null"));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
