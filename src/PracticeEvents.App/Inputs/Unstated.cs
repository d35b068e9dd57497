using System.Text.Json;
using System.Text.Json.Nodes;

namespace PracticeEvents.App.Inputs;

/// <summary>The code for what an event must have and a feed does not say: how a plan ended, which team a worker is in, a legal status.</summary>
internal static class Unstated
{
    /// <summary>The code.</summary>
    public const string Code = "not_stated";

    /// <summary>True for the code: as good as absent, so it never replaces what is known.</summary>
    public static bool Is(JsonNode? value) => value is JsonValue v && v.GetValueKind() == JsonValueKind.String && v.GetValue<string>() == Code;
}
