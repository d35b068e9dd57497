using System.Text.Json;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Turns children of a DfE payload into deliveries for the store.</summary>
internal static class DfeCscIntake
{
    /// <summary>The inbox's name for what came in here.</summary>
    public const string Format = "dfe-csc";

    /// <summary>The inbox's key for a child of a council's feed.</summary>
    public static string KeyOf(string laCode, string child) => $"{laCode}/{child}";

    /// <summary>
    /// Reads children that fit the schema against what is stored. A child's facts are one delivery; what could not be taken of it is another, which
    /// waits for a person.
    /// </summary>
    public static async Task<(IReadOnlyList<Delivery> Deliveries, IReadOnlyList<ChildLabel> Labels)> ReadAsync(
        string sender, string laCode, IReadOnlyList<JsonElement> children, EventStore store, DateTimeOffset receivedAt, CancellationToken ct)
    {
        var known = await KnownFacts.OfChildrenAsync(store, children.Select(IdOf), ct);
        var deliveries = new List<Delivery>();
        var labels = new List<ChildLabel>();
        foreach (var child in children)
        {
            var facts = known[IdOf(child)];
            var read = DfeCsc.Read(laCode, child, facts, receivedAt);
            facts.AddRange(KnownFacts.ToBe(read.Events, receivedAt));
            deliveries.AddRange(Deliveries(sender, laCode, child, read, receivedAt));
            labels.AddRange(read.Label is { } label ? [label] : []);
        }

        return (deliveries, labels);
    }

    /// <summary>One child that does not fit the schema, to be kept with its reasons.</summary>
    public static Delivery Refused(string sender, string laCode, JsonElement child, IEnumerable<ShapeFault> faults, DateTimeOffset receivedAt) =>
        new(sender, Format, KeyOf(laCode, IdIfAny(child)), DfePersonal.LeaveOut(child), receivedAt) { Refusal = Words(faults) };

    /// <summary>The reasons in one text.</summary>
    public static string Words(IEnumerable<ShapeFault> faults) => string.Join(' ', faults.Select(f => $"{f.Pointer}: {f.Why}{(f.Why.EndsWith('.') ? "" : ".")}"));

    private static IEnumerable<Delivery> Deliveries(string sender, string laCode, JsonElement child, DfeChild read, DateTimeOffset receivedAt)
    {
        var kept = new Delivery(sender, Format, KeyOf(laCode, read.Child), DfePersonal.LeaveOut(child), receivedAt);
        yield return kept with { Events = [.. read.Events.Select(e => e.ToNewEvent(receivedAt, sender))] };
        if (read.Problems.Count > 0)
        {
            yield return kept with { Refusal = Words(read.Problems) };
        }
    }

    private static string IdOf(JsonElement child) => child.GetProperty("la_child_id").GetString()!;

    private static string IdIfAny(JsonElement child) =>
        child.ValueKind == JsonValueKind.Object && child.TryGetProperty("la_child_id", out var id) && id.ValueKind == JsonValueKind.String
            && JsonBytes.Unkeepable(id) is null ? id.GetString()! : "";
}
