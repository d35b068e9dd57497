using PracticeEvents.App.Access;
using PracticeEvents.App.Views;

namespace PracticeEvents.App.Alerts;

/// <summary>Whose children a list or stream of alerts speaks of.</summary>
internal static class AlertScope
{
    /// <summary>Whose alerts can be asked for.</summary>
    public static readonly IReadOnlyList<string> All = ["me", "team", "service", "watching", "all"];

    /// <summary>The answer to whoever asks for others.</summary>
    public static IResult Unknown(string title) => Results.Problem($"for must be one of {string.Join(", ", All)}.", statusCode: 400, title: title);

    /// <summary>The children in a scope whom the reader may see: <c>team</c>, <c>service</c>, <c>watching</c> (allocated to the reader) or <c>all</c>.</summary>
    public static Part<ChildRow> Of(string scope, Viewer viewer)
    {
        var children = scope switch
        {
            "team" => Sight.HeldBy(viewer.Teams, viewer.Structure),
            "service" => Sight.HeldBy(TeamsOfServices(viewer), viewer.Structure),
            "watching" => ChildrenView.With(viewer.Worker),
            _ => Sight.Of(viewer),
        };
        return children with { Holds = child => children.Holds(child) && viewer.Sees(child) };
    }

    private static HashSet<string> TeamsOfServices(Viewer viewer)
    {
        var structure = viewer.Structure;
        var services = viewer.Teams.Select(id => structure.Teams[id].Service).Concat(viewer.Services).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. structure.Teams.Values.Where(t => t.Service is not null && services.Contains(t.Service)).Select(t => t.Id)];
    }
}
