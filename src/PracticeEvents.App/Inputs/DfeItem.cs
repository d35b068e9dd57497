using System.Globalization;
using System.Text.Json;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>One object of a DfE payload that has been checked against the schema: the child, a section, or an item with an id.</summary>
/// <param name="Reading">The child's reading that it belongs to.</param>
/// <param name="Value">The object.</param>
/// <param name="Pointer">Its JSON pointer in the child.</param>
/// <param name="Key">The beginning of the lasting key of every fact that comes from it.</param>
internal sealed record DfeItem(DfeReading Reading, JsonElement Value, string Pointer, string Key)
{
    /// <summary>The item's own id in the case system.</summary>
    public string Ref => Key[(Key.LastIndexOf('/') + 1)..];

    /// <summary>True when the sender asks that everything it said of this item be removed.</summary>
    public bool Purged => Flag("purge") is true;

    /// <summary>A text, or nothing when it is absent, null or empty.</summary>
    public string? Text(string name) => Given(name) is { ValueKind: JsonValueKind.String } v && v.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>True, false, or nothing when not given.</summary>
    public bool? Flag(string name) => Given(name)?.GetBoolean();

    /// <summary>A date on which something happened; one that cannot have happened becomes a problem of the child and reads as not given.</summary>
    public Happened Date(string name) => Date(name, Reading.Dates.Fault) is { } date ? new Happened(date) : default;

    /// <summary>As <see cref="Date(string)"/>, with another test of what can be.</summary>
    public DateOnly? Date(string name, Func<DateOnly, string?> fault)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var date = DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (fault(date) is not { } why)
        {
            return date;
        }

        Reading.Problem($"{Pointer}/{name}", $"The date {why}.");
        return null;
    }

    /// <summary>A section such as <c>child_details</c>, or nothing when it was not sent.</summary>
    public DfeItem? Section(string name, string key) =>
        Given(name) is { } section ? new DfeItem(Reading, section, $"{Pointer}/{name}", $"{Key}/{key}") : null;

    /// <summary>The items of a list that are to be read. Those to be purged are taken back here; one without an id becomes a problem.</summary>
    public IEnumerable<DfeItem> Items(string list, string key, string idMember)
    {
        var place = 0;
        foreach (var value in Given(list)?.EnumerateArray() ?? default)
        {
            var item = new DfeItem(Reading, value, string.Create(CultureInfo.InvariantCulture, $"{Pointer}/{list}/{place++}"), $"{Key}/{key}/");
            if (item.Text(idMember) is not { } id)
            {
                Reading.Problem(item.Pointer, $"It has no {idMember}, so it could not be told from another.");
                continue;
            }

            item = item with { Key = item.Key + id };
            if (item.Purged)
            {
                Reading.Differences.TakeBack(item.Key);
                continue;
            }

            yield return item;
        }
    }

    /// <summary>Says one fact of this item. Nothing is said when its date is not given and none is known.</summary>
    public Novelty Say(string field, PracticeEvent e) => Reading.Differences.Say($"{Key}/{field}", e);

    /// <summary>What this feed last said of one fact of this item.</summary>
    public PracticeEvent? Known(string field) => Reading.Differences.Find($"{Key}/{field}");

    /// <summary>Takes back one fact that the item no longer states.</summary>
    public void TakeBack(string field) => Reading.Differences.TakeBack($"{Key}/{field}");

    private JsonElement? Given(string name) => Value.TryGetProperty(name, out var v) && v.ValueKind != JsonValueKind.Null ? v : null;
}

/// <summary>The reading of one child of a DfE payload as it goes on.</summary>
/// <param name="Child">The child's reference.</param>
/// <param name="Dates">Which dates can have happened.</param>
/// <param name="Differences">What is known, and what this payload adds.</param>
internal sealed record DfeReading(string Child, PlausibleDates Dates, Differences Differences)
{
    private readonly List<ShapeFault> problems = [];

    /// <summary>What could not be taken.</summary>
    public IReadOnlyList<ShapeFault> Problems => problems;

    /// <summary>Notes something that cannot be taken; the rest of the child is.</summary>
    public void Problem(string pointer, string why) => problems.Add(new ShapeFault(pointer, why));
}
