using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Timescales;

/// <summary>The right body of a corrected event.</summary>
internal static class CorrectedBody
{
    /// <summary>The event as corrected: the same kind, about the same child, with the right body. A body without a date keeps the date of the wrong one.</summary>
    public static PracticeEvent Of(PracticeEvent wrong, Corrected right)
    {
        var body = JsonNode.Parse(right.Data.GetRawText())!.AsObject();
        if (wrong is ChildEvent about)
        {
            body["child"] = about.Child;
        }

        if (!body.ContainsKey("on"))
        {
            body["on"] = wrong.On.ToString();
        }

        return EventJson.Read(EventCatalogue.KindOf(wrong), body.ToJsonString());
    }
}
