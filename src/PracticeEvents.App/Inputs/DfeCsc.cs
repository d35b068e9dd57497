using System.Globalization;
using System.Text.Json;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>What one child of a DfE payload came to.</summary>
/// <param name="Child">The child's reference in our streams: the council's own child id.</param>
/// <param name="Events">What is new: facts, corrections, and facts taken back.</param>
/// <param name="Unchanged">How many facts were known already.</param>
/// <param name="Problems">What could not be taken, by JSON pointer in the child; the rest was.</param>
/// <param name="Label">What to keep in the erasable table of display labels, when the payload says.</param>
internal sealed record DfeChild(
    string Child, IReadOnlyList<Incoming> Events, int Unchanged, IReadOnlyList<ShapeFault> Problems, ChildLabel? Label);

/// <summary>A child's display label. It never goes into an event.</summary>
/// <param name="Child">The child's reference.</param>
/// <param name="Label">The name to show on signed-in pages; nothing when it must be erased.</param>
internal sealed record ChildLabel(string Child, string? Label);

/// <summary>
/// Reads the payload that councils push daily to the DfE's children's social care data API: full children or only what changed. Absent means
/// unchanged, null means not given, <c>purge</c> takes back. The feed has dates only, and no visits, reviews or contacts.
/// </summary>
internal static class DfeCsc
{
    /// <summary>The CloudEvents source of a council's feed.</summary>
    public static string SourceOf(string laCode) => $"/dfe-csc/{laCode}";

    /// <summary>Reads one child that fits <see cref="DfeCscSchema"/>, against everything in the child's stream.</summary>
    public static DfeChild Read(string laCode, JsonElement child, IReadOnlyList<Fact> known, DateTimeOffset receivedAt)
    {
        var id = child.GetProperty("la_child_id").GetString()!;
        var reading = new DfeReading(id, new PlausibleDates(London.DateOf(receivedAt)), new Differences(SourceOf(laCode), id, known));
        var root = new DfeItem(reading, child, "", $"{laCode}/{id}");
        ChildLabel? label = null;
        if (root.Purged)
        {
            reading.Differences.TakeBack(root.Key);
            label = new ChildLabel(id, null);
        }
        else
        {
            label = ReadDetails(root);
            ReadHealth(root);
            foreach (var episode in root.Items("social_care_episodes", "episode", "social_care_episode_id"))
            {
                DfeCscEpisode.Read(episode);
            }

            DfeCscProtection.SettleConferences(reading);
        }

        return new DfeChild(id, reading.Differences.Events, reading.Differences.Unchanged, reading.Problems, label);
    }

    private static ChildLabel? ReadDetails(DfeItem root)
    {
        if (root.Section("child_details", "details") is not { } details)
        {
            return null;
        }

        var child = root.Reading.Child;
        if (details.Purged)
        {
            root.Reading.Differences.TakeBack(details.Key);
            return new ChildLabel(child, null);
        }

        var born = details.Date("date_of_birth", root.Reading.Dates.Fault);
        var expected = details.Date("expected_date_of_birth", root.Reading.Dates.FaultOfExpected);
        if (born is not null || expected is not null)
        {
            Register(root, details, born, expected);
        }

        var name = string.Join(' ', new[] { details.Text("first_name"), details.Text("surname") }.Where(n => n is not null));
        return name.Length > 0 ? new ChildLabel(child, name) : null;
    }

    // The feed does not say when the council came to know the child: the first referral it tells of, or the day we were told, and that stays.
    private static void Register(DfeItem root, DfeItem details, DateOnly? born, DateOnly? expected)
    {
        var known = details.Known("birth") as ChildRegistered;
        var unbornUntilNow = known is { DateOfBirth: null };
        var on = known?.On ?? new Happened(FirstReferral(root) ?? root.Reading.Dates.Today);
        details.Say("birth", new ChildRegistered { Child = root.Reading.Child, On = on, DateOfBirth = born, ExpectedDateOfBirth = born is null ? expected : null });
        if (born is { } date && (unbornUntilNow || details.Known("born") is not null))
        {
            details.Say("born", new ChildBorn { Child = root.Reading.Child, On = new Happened(date) });
        }
    }

    private static DateOnly? FirstReferral(DfeItem root) =>
        root.Value.TryGetProperty("social_care_episodes", out var episodes) && episodes.ValueKind == JsonValueKind.Array
            ? episodes.EnumerateArray()
                .Select(e => e.TryGetProperty("referral_date", out var d) && d.ValueKind == JsonValueKind.String ? d.GetString() : null)
                .Where(d => d is not null)
                .Select(d => (DateOnly?)DateOnly.ParseExact(d!, "yyyy-MM-dd", CultureInfo.InvariantCulture))
                .Where(d => root.Reading.Dates.Fault(d!.Value) is null)
                .Min()
            : null;

    private static void ReadHealth(DfeItem root)
    {
        if (root.Section("health_and_wellbeing", "health") is not { } health)
        {
            return;
        }

        if (health.Purged)
        {
            root.Reading.Differences.TakeBack(health.Key);
            return;
        }

        foreach (var sdq in health.Items("sdq_assessments", "sdq", "date"))
        {
            sdq.Say("date", new SdqRecorded { Child = root.Reading.Child, On = sdq.Date("date") });
        }
    }
}
