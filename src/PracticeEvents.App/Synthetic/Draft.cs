using System.Globalization;
using System.Text.Json.Nodes;

namespace PracticeEvents.App.Synthetic;

/// <summary>An event before it is written out: small, so that a whole authority can be put in order in memory.</summary>
internal sealed class Draft(string file, int number, string type, DateTimeOffset time, DateTimeOffset recorded, string on, (string Name,
    object Value)[] members)
{
    /// <summary>When it is recorded.</summary>
    public DateTimeOffset Recorded => recorded;

    /// <summary>Its own id.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{file}-{number:0000}");

    /// <summary>The event, written out.</summary>
    public SyntheticEvent Write()
    {
        var data = new JsonObject();
        if (members is not [("child", _), ..])
        {
            data.Add("on", on);
        }

        foreach (var (name, value) in members)
        {
            data.Add(name, Node(value));
            if (name is "child")
            {
                data.Add("on", on);
            }
        }

        return new SyntheticEvent(type, Id, time, recorded, data);
    }

    private static JsonNode Node(object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool yes => JsonValue.Create(yes),
        int count => JsonValue.Create(count),
        IReadOnlyList<string> list => new JsonArray([.. list.Select(text => JsonValue.Create(text))]),
        _ => throw new ArgumentException($"a member cannot be a {value.GetType().Name}", nameof(value)),
    };
}
