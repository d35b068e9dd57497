using System.Text.Json;
using System.Text.Json.Nodes;

namespace PracticeEvents.App.Inputs;

/// <summary>
/// Leaves out of a DfE payload what identifies a person by sight: names, postcodes, pupil numbers. The inbox keeps a payload for good and nothing
/// that this service does needs them, so they are dropped before it is kept; a name lives in the erasable table of labels alone.
/// </summary>
internal static class DfePersonal
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "first_name", "surname", "postcode", "unique_pupil_number", "former_unique_pupil_number",
    };

    /// <summary>The child as it may be kept; nothing of one with text that is no Unicode, for that cannot be written again.</summary>
    public static byte[] LeaveOut(JsonElement child)
    {
        if (JsonBytes.Unkeepable(child) is not null)
        {
            return [];
        }

        var kept = JsonNode.Parse(child.GetRawText());
        LeaveOut(kept);
        return JsonSerializer.SerializeToUtf8Bytes(kept);
    }

    private static void LeaveOut(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var name in o.Select(m => m.Key).Where(Members.Contains).ToList())
                {
                    o.Remove(name);
                }

                foreach (var (_, value) in o)
                {
                    LeaveOut(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    LeaveOut(item);
                }

                break;
        }
    }
}
