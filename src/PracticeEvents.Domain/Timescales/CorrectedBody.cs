using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Timescales;

/// <summary>The right body of a corrected event.</summary>
internal static class CorrectedBody
{
    /// <summary>The event as corrected: the same kind, about the same child, with the right body. What every such event must have and the right body does not say
    /// keeps its value, and so does the date: a correction that leaves something out must not stop the watching of the child.</summary>
    public static PracticeEvent Of(PracticeEvent wrong, Corrected right)
    {
        var body = JsonNode.Parse(right.Data.GetRawText())!.AsObject();
        if (wrong is ChildEvent about)
        {
            body["child"] = about.Child;
        }

        var kind = EventCatalogue.KindOf(wrong);
        var before = JsonNode.Parse(EventJson.Write(wrong))!.AsObject();
        foreach (var member in kind.Members.Where(m => (m.Required || m.Name is "on") && body[m.Name] is null))
        {
            body[member.Name] = before[member.Name]?.DeepClone();
        }

        return EventJson.Read(kind, body.ToJsonString());
    }
}
