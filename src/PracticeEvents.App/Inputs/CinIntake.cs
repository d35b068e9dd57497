using System.Text;
using System.Xml.Linq;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Turns children of a census file into deliveries for the store.</summary>
internal static class CinIntake
{
    /// <summary>The inbox's name for what came in here.</summary>
    public const string Format = "cin-census";

    // As in the DfE feed: nothing here needs a pupil number, so none is kept.
    private static readonly string[] Personal = ["UPN", "FormerUPN"];

    /// <summary>Reads children against what is stored. No child may come twice.</summary>
    public static async Task<IReadOnlyList<CinChild>> ReadAsync(
        string laCode, IReadOnlyList<CinElement> children, EventStore store, DateTimeOffset receivedAt, CancellationToken ct)
    {
        var known = await KnownFacts.OfChildrenAsync(store, children.Select(CinCensus.ChildOf).OfType<string>(), ct);
        return [.. children.Select(c => CinCensus.Read(laCode, c, CinCensus.ChildOf(c) is { } child ? known[child] : [], receivedAt))];
    }

    /// <summary>A child's facts as one delivery and what was refused of it as another, which waits for a person.</summary>
    public static IEnumerable<Delivery> Deliveries(string sender, string laCode, CinElement element, CinChild read, string load, DateTimeOffset receivedAt)
    {
        if (read.Events.Count == 0 && read.Refusals.Count == 0)
        {
            yield break;
        }

        var kept = new Delivery(sender, Format, $"{laCode}/{read.Child}", Kept(element.Element), receivedAt);
        if (read.Events.Count > 0)
        {
            yield return kept with { Events = [.. read.Events.Select(e => (e with { Load = load }).ToNewEvent(receivedAt, sender))] };
        }

        if (read.Refusals.Count > 0)
        {
            yield return kept with { Refusal = Words(read.Refusals) };
        }
    }

    /// <summary>The reasons in one text.</summary>
    public static string Words(IEnumerable<Refused> refusals) => string.Join(' ', refusals.Select(r => $"{r.Path}: {r.Reason}"));

    private static byte[] Kept(XElement child)
    {
        var copy = new XElement(child);
        copy.Descendants().Where(e => Personal.Contains(e.Name.LocalName, StringComparer.OrdinalIgnoreCase)).Remove();
        return Encoding.UTF8.GetBytes(copy.ToString(SaveOptions.DisableFormatting));
    }
}
