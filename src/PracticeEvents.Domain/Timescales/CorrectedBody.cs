using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Timescales;

/// <summary>The right body of a corrected event.</summary>
internal static class CorrectedBody
{
    /// <summary>The event as corrected: the same kind, about the same child, with the right body. What every such event must have and the right body does not say
    /// keeps its value, and so does the date: a correction that leaves something out must not stop the watching of the child.</summary>
    /// <param name="wrong">The event.</param>
    /// <param name="right">Its correction.</param>
    /// <param name="received">The London date on which the later of the two was received.</param>
    /// <exception cref="InvalidOperationException">The right body would have been refused, had the correction come after its event: a date that nobody believes would
    /// leave the child without duties, and nobody would be told. What is dated within a year of having been received is let pass.</exception>
    public static PracticeEvent Of(PracticeEvent wrong, Corrected right, DateOnly received)
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

        var checkedAgain = EventReader.ReadCorrection(kind, JsonSerializer.SerializeToElement(body), fallbackOn: null, received.AddYears(1), (wrong as ChildEvent)?.Child);
        return checkedAgain.Problems.Count == 0 ? EventJson.Read(kind, body.ToJsonString())
            : throw new InvalidOperationException($"The correction of event {right.Event} cannot be: {string.Join(' ', checkedAgain.Problems.Select(p => p.Why))}");
    }
}
