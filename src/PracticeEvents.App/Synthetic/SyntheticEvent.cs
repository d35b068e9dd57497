using System.Text.Json.Nodes;

namespace PracticeEvents.App.Synthetic;

/// <summary>One invented practice event, ready to be wrapped as a CloudEvent from <see cref="SyntheticAuthority.Source"/>.</summary>
/// <param name="Type">Catalogue name, such as <c>visit_recorded</c>.</param>
/// <param name="Id">Unique within the source, and the same each time that the same plan is generated.</param>
/// <param name="Time">When it happened.</param>
/// <param name="RecordedTime">When the worker recorded it; never before <paramref name="Time"/>, never after the plan's now.</param>
/// <param name="Data">The event's body as the catalogue has it.</param>
internal sealed record SyntheticEvent(string Type, string Id, DateTimeOffset Time, DateTimeOffset RecordedTime, JsonObject Data);

/// <summary>An invented name to show for a reference. Kept out of every event; belongs in the erasable label table.</summary>
/// <param name="Kind"><c>child</c>, <c>worker</c> or <c>team</c>.</param>
/// <param name="Reference">The opaque reference that events use.</param>
/// <param name="Label">What a page may show.</param>
internal sealed record SyntheticLabel(string Kind, string Reference, string Label);
